"""A firm whose people write words without an end: whatever a page shows of them must stay inside a small phone."""

import json
import urllib.request

from .plain_firm import post

WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
HAN = "杭州西湖云栖龙井茶叶种植采摘加工炒制包装运输仓储批发零售进出口贸易有限责任公司" * 2
TAG = "tag" + "g" * 37
MAIL = "m" * 60 + "@" + ".".join(["d" * 60, "e" * 60, "example"])
NUMBER = "SO" + "0123456789" * 6
PHONE = "；".join(["13800000000", "0571-88886666转8001", "+49 (0)30 1234567890", "021-62345678转123456"])
ADDRESS = "浙江省杭州市西湖区" + "龙井路" * 30 + "A" * 60
# Rows that cannot be read, each with something long in its cell.
FILE = ("姓名,手机,邮箱,生日,标签,备注\n" + f"{WORD},13800000001,{MAIL},{'9' * 60},{TAG},{'n' * 300}\n"
        + f"{HAN},{'1' * 80},{'x' * 200},2026-13-45{'z' * 40},{TAG},{HAN}\n" + ",,,,,\n" + "李四,13800000003,,,,\n")
PRODUCT = "Kaltgepresstes" + WORD
FIELD = "Feld" + "f" * 30


def fill(address, token):
    """Makes it in a running server; gives the paths of its pages by name."""
    def add(path, **record):
        return post(address, token, path, record)

    def listed(path, name):
        request = urllib.request.Request(f"{address}/api/v1{path}", headers={"Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)[name]

    field = listed_id(add("/settings/fields", name=FIELD), listed)
    product = add("/products", name=PRODUCT, code=NUMBER[:60], category=WORD[:60], brand=WORD[:60], unit="kilogramm",
                  price="12345678.90")["id"]
    add("/products", name=HAN[:60])
    customers = []
    for number, name in enumerate([WORD, HAN]):
        customer = add(
            "/customers", name=name, kind="company" if number else "person", phones=PHONE, email=MAIL,
            wechat="w" * 60, address=ADDRESS, industry=WORD, occupation=WORD, employer=WORD, interests=HAN, source=WORD,
            description=f"{'n' * 300} {HAN}", outside_id=NUMBER + str(number), region=ADDRESS[:60],
            fields=[{"name": FIELD, "value": WORD}])["id"]
        contact = add(f"/customers/{customer}/contacts", name=WORD, title=WORD, phones=PHONE, email=MAIL, wechat="w" * 60)["id"]
        add(f"/customers/{customer}/notes", text=f"{'n' * 300} {HAN} https://example.com/{'p' * 200}", kind="call")
        for tag in [TAG, HAN[:40]]:
            add(f"/customers/{customer}/tags", name=tag)
        for month in range(1, 9):
            order = add("/orders", customer_id=customer, ordered_on=f"2026-0{month}-11", number=f"{NUMBER}{number}{month}",
                        note="n" * 300, lines=[{"product": NUMBER[:60], "quantity": "1234"}])["id"]
        customers.append(customer)
    return {"customer": customers[0], "contact": contact, "order": order, "product": product, "field": field}


def listed_id(made, listed):
    """The id of the custom field just made, of which the answer may be the whole list."""
    if "id" in made:
        return made["id"]
    return listed("/settings/fields", "fields")[-1]["id"]
