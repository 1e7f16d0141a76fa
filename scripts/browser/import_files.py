"""A small firm's own files, as they come out of Chinese office programs."""

from typing import NamedTuple

CUSTOMERS = """\
客户编号,客户名称,类型,手机,地区
K001,张伟,个人,138 0000 0001,浙江省杭州市
K002,山风商贸有限公司,公司,0571-88000002,上海市浦东新区
K003,李娜,个人,13800000003,江苏南京
K004,青石茶庄,公司,13800000004,北京市海淀区
K005,王芳,个人,13800000005,广东 深圳
"""
# The tenth row has a day that no calendar knows.
ORDERS = """\
订单号,客户编号,下单日期,产品,数量,金额
D0001,K002,2026/1/5,龙井,20,"¥12,800.00"
D0002,K002,2026/2/9,龙井,10,6400.00
D0003,K001,2026/3/1,碧螺春,1,320
D0004,K004,2026年3月12日,普洱,6,1.2万
D0005,K004,2026-04-02,普洱,-1,(200.00)
D0006,K003,2026/4/20,碧螺春,2,640.00
D0007,K005,2026/5/3,龙井,1,640.00
D0008,K002,2026/6/18,礼盒,15,8970.00
D0009,K001,2026/7/7,龙井,1,640.00
D0010,K003,2026/13/45,礼盒,1,598.00
"""
BUYERS = 5
LARGEST = "山风商贸有限公司"


class Files(NamedTuple):
    customers: str
    orders: str
    customers_rows: int
    orders_rows: int


def write(folder):
    """Customers in UTF-8 with a mark, orders in GB18030."""
    folder.mkdir()
    (folder / "客户.csv").write_text(CUSTOMERS, encoding="utf-8-sig")
    (folder / "订单.csv").write_text(ORDERS, encoding="gb18030")
    return Files(str(folder / "客户.csv"), str(folder / "订单.csv"), CUSTOMERS.count("\n") - 1,
                 ORDERS.count("\n") - 1)
