#!/usr/bin/env python3
"""Writes Sources/Store/Search/pinyin.txt, the readings of single characters, from the pypinyin package.

One line a syllable, fields separated by tabs: the syllable without tone (ü as v), then the characters
of which it is the most common reading, then those of which it is the second, and so on:

    zhang<TAB>张章掌…<TAB>长…

A reading that hardly any phrase uses is left out: 有 is read wei in no name of today, and whoever types wei would
find every 有限公司.

How characters are read in words and as family names, 重庆 as chong qing, stands in pinyin-words.txt, which is made by
hand. Whoever changes either file adds a migration as in NameRefresh.swift, so that names already there sort anew; rows
are looked up by the present reading and by that of each character alone, which must stay as they are in this table.

Run it again after raising pypinyin's version: .build/python/bin/python scripts/pinyin.py
"""

import pathlib
import sys
from collections import Counter, defaultdict

from pypinyin.contrib.tone_convert import to_normal
from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict

TARGET = pathlib.Path(__file__).resolve().parent.parent / "Sources/Store/Search/pinyin.txt"

# 〇, extension A, the unified block, extensions C to F. Extension B (42,711 rarities) would double the file.
BLOCKS = [(0x3007, 0x3007), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x2A700, 0x2EBEF)]

# Readings that a character has as a family name and that are not its most common one. The package has most
# of them already; here all are held to be there.
SURNAMES = """
万mo 乐yue 乜nie 仇qiu 佴nai 区ou 单shan 卜bu 召shao 员yun 句gou 单chan 宓fu 尉yu 折she 曾zeng 朴piao 查zha
柏bo 洗xian 澹tan 牟mu 祭zhai 种chong 秘bi 繁po 缪miao 翟zhai 能nai 薄bo 藏zang 覃qin 解xie 谌shen 费bi 郇xun
郗chi 阚kan 隗wei 颉xie 黑he 盖ge
"""


RANKS = 3


def plain(tones):
    """Syllables without tone, each once."""
    syllables = (to_normal(tone) for tone in tones.split(","))
    return list(dict.fromkeys(s for s in syllables if s.isascii() and s.isalpha()))


def readings(character, tones):
    """The syllables of a character: the most common one, those of family names, then others in use."""
    uses = in_phrases[character]
    listed = plain(tones)
    by_use = sorted(listed, key=lambda syllable: -uses[syllable]) if uses.total() >= 10 else listed
    in_use = [s for s in by_use if uses[s] >= 5 or uses[s] >= 2 and uses[s] >= 0.05 * uses.total()]
    return list(dict.fromkeys([by_use[0], *surname_readings[character], listed[0], *in_use]))[:RANKS]


surname_readings = defaultdict(list)
for entry in SURNAMES.split():
    surname_readings[entry[0]].append(entry[1:])

in_phrases = defaultdict(Counter)
for phrase, tones in phrases_dict.items():
    for character, choices in zip(phrase, tones):
        in_phrases[character].update(plain(choices[0])[:1])

table = defaultdict(lambda: defaultdict(str))
for code, tones in sorted(pinyin_dict.items()):
    if plain(tones) and any(first <= code <= last for first, last in BLOCKS):
        for rank, syllable in enumerate(readings(chr(code), tones)):
            table[syllable][rank] += chr(code)

lines = []
for syllable in sorted(table):
    ranks = table[syllable]
    lines.append("\t".join([syllable] + [ranks[rank] for rank in range(max(ranks) + 1)]))
TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
characters = {c for ranks in table.values() for text in ranks.values() for c in text}
print(f"{TARGET.name}: {len(characters)} characters, {len(table)} syllables", file=sys.stderr)
