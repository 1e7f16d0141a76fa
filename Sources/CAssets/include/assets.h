void guanxi_assets_placeholder(void);
