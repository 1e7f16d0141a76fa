#include "assets.h"
void guanxi_assets_placeholder(void) {}
