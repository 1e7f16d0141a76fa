"""Files to import, made by chance from a seed: orders of several rows, known and new ones, and rows that are wrong."""

import csv

BUYERS = 400
SYLLABLES = "安博诚达恩方光和嘉康立明宁普庆瑞盛泰维信"


def write_orders(path, chance, numbers):
    """Orders with these numbers, each of one to four rows that stand near each other."""
    rows = [row for number in numbers for row in order(number, chance)]
    # Rows of one order need not follow one another.
    for index in range(0, len(rows) - 8, 8):
        part = rows[index:index + 8]
        chance.shuffle(part)
        rows[index:index + 8] = part
    write(path, ["订单编号", "客户编号", "客户名称", "下单时间", "商品编号", "商品名称", "数量", "成交金额", "备注"], rows)


def order(number, chance):
    buyer, day = chance.randrange(BUYERS), f"2025-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    for line in range(chance.choice([1, 1, 2, 2, 3])):
        product = chance.randrange(60)
        amount = f"{chance.randint(100, 99_999) / 100:.2f}"
        if chance.random() < 0.01:
            amount = "多少"
        yield [f"SO{number:06}", f"C{buyer:05}", name(buyer), "某天" if chance.random() < 0.005 else day,
               f"P{product:03}", f"茶{product}号", chance.randint(1, 9), amount, f"第{line + 1}行"]


def write_customers(path, chance, numbers):
    """Customers with these numbers, some of several people."""
    rows = []
    for number in numbers:
        for person in range(chance.choice([1, 1, 1, 2])):
            phone = f"1{chance.randint(30, 99)}{chance.randint(0, 99_999_999):08}"
            who = [f"C{number:05}", name(number), f"{chance.choice('王李张刘陈')}{chance.choice(SYLLABLES)}{person}"]
            rows.append([
                *(["", "", ""] if chance.random() < 0.01 else who), phone,
                f"k{number}@{chance.choice(['a', 'b'])}.example", chance.choice(["上海市", "浙江省杭州市", "四川省成都市"]),
                chance.choice(["老客户", "新客户", "老客户;批发"]), f"第{chance.randint(1, 5)}次联系"])
    write(path, ["客户编号", "客户名称", "联系人", "手机", "邮箱", "地区", "标签", "备注"], rows)


def name(number):
    first, second = divmod(number, len(SYLLABLES))
    return f"{SYLLABLES[first % len(SYLLABLES)]}{SYLLABLES[second]}{number}公司"


def write(path, header, rows):
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
