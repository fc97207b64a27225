"""Units and currencies: the dimension of a figure, and its factor.

Two figures can be one quantity only if their dimension is the same: dollars are not euros, percent are not percentage
points, months are not days (a month has no fixed number of them).
"""

from __future__ import annotations

from typing import TypeVar

from msgspec import Struct

T = TypeVar("T")

COUNT, PERCENT, POINTS, TIMES, TEMPERATURE = "", "%", "percentage points", "times", "°C"
YEAR = 12.0
"""The factor of a year, in months."""


class Unit(Struct, frozen=True):
    """The unit of a number."""

    dimension: str
    factor: float = 1.0
    """Converts the number to the base unit of the dimension."""
    zero: float = 0.0
    """The number that is zero in the base unit (32 for degrees Fahrenheit)."""


CURRENCIES = {
    "USD": "$, US$, USD, dollar, dollars, US dollars, U.S. dollars, Dollar, dólares, dollari, ドル, 美元, 달러, 米ドル",
    "EUR": "€, EUR, euro, euros, Euro, 欧元, ユーロ, 유로",
    "GBP": "£, GBP, pound, pounds, pounds sterling, sterling",
    "JPY": "JPY, yen, 円, 日元, 엔",
    "CNY": "RMB, CNY, yuan, renminbi, 元, 人民币, 위안",
    "KRW": "₩, KRW, won, 원, ウォン, 韩元",
    "INR": "₹, Rs, Rs., INR, rupee, rupees",
    "CHF": "SFr, CHF, franc, francs, Swiss francs, Franken",
    "CAD": "C$, CA$, CAD, Canadian dollars",
    "AUD": "A$, AU$, AUD, Australian dollars",
    "HKD": "HK$, HKD, Hong Kong dollars",
    "SGD": "S$, SGD, Singapore dollars",
    "NZD": "NZ$, NZD",
    "TWD": "NT$, TWD",
    "BRL": "R$, BRL, reais",
    "MXN": "MXN, pesos",
    "ZAR": "ZAR, rand",
    "SEK": "SKr, SEK, kronor, Swedish kronor",
    "NOK": "NKr, NOK, Norwegian kroner",
    "DKK": "DKr, DKK, Danish kroner",
    "ISK": "ISK",
    "PLN": "PLN, zloty, zlotys",
    "TRY": "TRY, lira",
    "RUB": "₽, RUB, roubles, rubles",
    "ILS": "₪, ILS, shekels",
    "HUF": "HUF, forint, forints",
    "CZK": "CZK, koruna, korunas, Czech crowns",
    "UAH": "₴, UAH, hryvnia, hryvnias",
    "THB": "฿, THB, baht",
    "IDR": "IDR, rupiah",
    "MYR": "MYR, ringgit",
    "VND": "VND, dong",
    "SAR": "SAR, riyal, riyals",
    "AED": "AED, dirham, dirhams",
    "EGP": "EGP, Egyptian pounds",
    "NGN": "₦, NGN, naira",
    "yen or yuan": "¥, ￥",
    "kr": "kr, kr.",
    "kroner": "kroner, krone",
}
"""ISO 4217 codes with the words and signs that texts use for them."""

_NAMED_ALIKE = {
    "yen or yuan": ("JPY", "CNY"),
    "kr": ("SEK", "NOK", "DKK", "ISK", "kroner"),
    "kroner": ("NOK", "DKK"),
}
AKIN = {
    name: (name, *_NAMED_ALIKE.get(name, ()), *(either for either, meant in _NAMED_ALIKE.items() if name in meant))
    for name in {*_NAMED_ALIKE, *(one for meant in _NAMED_ALIKE.values() for one in meant)}
}
"""Dimensions that one may stand for: `¥` is the sign of two currencies, `kr` of four."""

POUND = 453.59237
"""Grams in a pound."""
_MEASURES: tuple[tuple[str, float, str], ...] = (
    (
        "%",
        1,
        "%, percent, per cent, pct, ％, Prozent, pour cent, por ciento, por cento, per cento, procent, パーセント",
    ),
    (
        "percentage points",
        1,
        "percentage point, percentage points, pp, ppt, Prozentpunkte, Prozentpunkten, Prozentpunkt",
    ),
    ("percentage points", 0.01, "basis point, basis points, bp, bps, Basispunkte, Basispunkten"),
    ("times", 1, "times, x, ×, -fold, fold"),
    ("W", 1e3, "kW, kilowatt, kilowatts, Kilowatt"),
    ("W", 1e6, "MW, megawatt, megawatts, Megawatt"),
    ("W", 1e9, "GW, gigawatt, gigawatts, Gigawatt"),
    ("W", 1e12, "TW, terawatt, terawatts"),
    ("W", 1, "W, watt, watts"),
    ("Wh", 1e3, "kWh, kilowatt-hour, kilowatt-hours, kilowatt hours, Kilowattstunde, Kilowattstunden"),
    ("Wh", 1e6, "MWh, megawatt-hour, megawatt-hours, megawatt hours"),
    ("Wh", 1e9, "GWh, gigawatt-hour, gigawatt-hours, gigawatt hours"),
    ("Wh", 1e12, "TWh, terawatt-hour, terawatt-hours, terawatt hours, Terawattstunden"),
    ("byte", 1e3, "KB, kilobyte, kilobytes"),
    ("byte", 1e6, "MB, megabyte, megabytes"),
    ("byte", 1e9, "GB, gigabyte, gigabytes"),
    ("byte", 1e12, "TB, terabyte, terabytes"),
    ("byte", 1e15, "PB, petabyte, petabytes"),
    ("byte", 1e18, "EB, exabyte, exabytes"),
    ("bit", 1e6, "Mbit, megabit, megabits, Mbps, Mbit/s"),
    ("bit", 1e9, "Gbit, gigabit, gigabits, Gbps, Gbit/s"),
    ("Hz", 1e3, "kHz"),
    ("Hz", 1e6, "MHz"),
    ("Hz", 1e9, "GHz"),
    ("Hz", 1, "Hz, hertz"),
    ("second", 1e-3, "ms, millisecond, milliseconds"),
    ("second", 1, "s, second, seconds, sec, secs, Sekunde, Sekunden, secondes, segundos, 秒"),
    ("second", 60, "minute, minutes, min, mins, Minute, Minuten, minutos, 分"),
    ("second", 3600, "hour, hours, hr, hrs, h, Stunde, Stunden, heures, horas, 時間"),
    ("second", 86400, "day, days, Tag, Tage, Tagen, jours, días, dias, 日間, 天"),
    ("second", 604800, "week, weeks, Woche, Wochen, semaines, semanas, 週間"),
    ("month", 1, "month, months, Monat, Monate, Monaten, mois, meses, mesi, か月, ヶ月, 个月, 개월"),
    (
        "month",
        12,
        "year, years, Jahr, Jahre, Jahren, ans, années, años, anos, anni, jaar, 年間",
    ),
    ("month", 12, "Jährige, Jähriger, Jährigen, jährige, jähriger, jährigen, jähriges"),
    ("month", 120, "decade, decades, Jahrzehnt, Jahrzehnte, Jahrzehnten"),
    ("month", 3, "quarters"),
    ("metre", 1e-9, "nm, nanometre, nanometres, nanometer, nanometers"),
    ("metre", 1e-3, "mm, millimetre, millimetres, millimeters, Millimeter, Millimetern"),
    ("metre", 1e-2, "cm, centimetre, centimetres, centimeters, Zentimeter, Zentimetern"),
    ("metre", 1, "m, metre, metres, meter, meters, Meter, Metern, mètres, metros"),
    ("metre", 1e3, "km, kilometre, kilometres, kilometer, kilometers, Kilometer, Kilometern, kilomètres, kilómetros"),
    ("metre", 1609.344, "mile, miles, mi, Meile, Meilen, millas"),
    ("metre", 0.3048, "ft, foot, feet, Fuß, pieds, pies"),
    ("metre", 0.0254, "inch, inches, Zoll, pouces, pulgadas"),
    ("gram", 1e-6, "µg, μg, mcg, microgram, micrograms, Mikrogramm"),
    ("gram", 1e-3, "mg, milligram, milligrams, Milligramm"),
    ("gram", 1, "g, gram, grams, Gramm"),
    ("gram", 1e3, "kg, kilo, kilos, kilogram, kilograms, Kilogramm"),
    ("gram", 1e6, "t, tonne, tonnes, metric tons, Tonne, Tonnen"),
    ("gram", 1e12, "Mt, megatonne, megatonnes"),
    ("gram", 1e15, "Gt, gigatonne, gigatonnes"),
    ("gram", POUND, "lb, lbs"),
    ("gram", POUND / 16, "oz, ounce, ounces"),
    ("ton", 1, "ton, tons"),
    ("square metre", 1, "m², square metres, square meters, sq m, Quadratmeter, Quadratmetern"),
    ("square metre", 0.09290304, "square feet, sq ft, square foot"),
    ("square metre", 1e4, "hectare, hectares, ha, Hektar"),
    ("square metre", 4046.8564224, "acre, acres"),
    ("square metre", 1e6, "km², sq km, square kilometres, square kilometers, Quadratkilometer, Quadratkilometern"),
    ("square metre", 1609.344**2, "square miles, sq mi, square mile"),
    ("litre", 1, "litre, litres, liter, liters, Liter, Litern, L, l"),
    ("litre", 1e-3, "ml, mL, millilitre, millilitres, milliliter, milliliters, Milliliter, Millilitern"),
    ("litre", 3.785411784, "gallon, gallons"),
    ("barrel", 1, "barrel, barrels"),
    (TEMPERATURE, 1, "°C, degrees Celsius, Grad Celsius, degrees C"),
    ("mm Hg", 1, "mm Hg, mmHg"),
    ("hPa", 1, "hPa, mbar, millibars, millibar, hectopascals, hectopascal"),
    ("pixel lines", 1, "p"),
    ("km/h", 1, "km/h, kph, kilometres an hour, kilometres per hour, Stundenkilometer, Stundenkilometern"),
    ("km/h", 1.609344, "mph, miles an hour, miles per hour"),
)
"""Measures: dimension, factor and words."""
PENCE = Unit("GBP", 0.01)
_CENTS = {
    **dict.fromkeys(("cent", "cents", "¢", "US cents", "U.S. cents"), Unit("USD", 0.01)),
    **dict.fromkeys(("euro cent", "euro cents", "eurocents", "Cent"), Unit("EUR", 0.01)),
    **dict.fromkeys(("pence", "penny"), PENCE),
}
OF_CENTS = ("USD", "EUR", "CAD", "AUD", "NZD", "SGD", "HKD", "ZAR")
"""Currencies whose hundredth is called a cent."""
_FAHRENHEIT = dict.fromkeys(("°F", "degrees Fahrenheit", "degrees F"), Unit(TEMPERATURE, 5 / 9, 32.0))

_KINDS = (
    (*CURRENCIES,),
    (PERCENT, POINTS),
    ("second", "month"),
    ("W", "Wh"),
    ("byte", "bit"),
    ("metre", "square metre", "km/h"),
    ("gram", "ton", "litre", "barrel"),
)
CONFUSED = {one: frozenset(kind) - {one} - frozenset(AKIN.get(one, ())) for kind in _KINDS for one in kind}
"""For each dimension, those that are easily written by mistake."""
DOLLARS = frozenset(("USD", "CAD", "AUD", "HKD", "SGD", "NZD", "TWD"))
"""Currencies that are each written `$` at home."""

CURRENCY_WORDS = {word: Unit(code) for code, words in CURRENCIES.items() for word in words.split(", ")}


def _titled(words: dict[str, T]) -> dict[str, T]:
    """Add the capitalised spellings of headlines: Billion, Percent."""
    return {**{word.capitalize(): meant for word, meant in words.items() if word.islower() and len(word) > 3}, **words}


UNITS = _titled(
    {
        **{word: Unit(dimension, factor) for dimension, factor, words in _MEASURES for word in words.split(", ")},
        **CURRENCY_WORDS,
        **_CENTS,
        **_FAHRENHEIT,
    }
)
"""Every word and sign of a unit."""

SCALES = _titled(
    {
        "hundred": 1e2,
        "hundred thousand": 1e5,
        "hundred million": 1e8,
        "hundred billion": 1e11,
        "thousand": 1e3,
        "k": 1e3,
        "K": 1e3,
        "tausend": 1e3,
        "Tausend": 1e3,
        "mille": 1e3,
        "mil": 1e3,
        "million": 1e6,
        "millions": 1e6,
        "mn": 1e6,
        "mln": 1e6,
        "M": 1e6,
        "m": 1e6,
        "Millionen": 1e6,
        "Mio.": 1e6,
        "Mio": 1e6,
        "millones": 1e6,
        "millón": 1e6,
        "milioni": 1e6,
        "milhões": 1e6,
        "miljoen": 1e6,
        "billion": 1e9,
        "billions": 1e9,
        "bn": 1e9,
        "Bn": 1e9,
        "bln": 1e9,
        "B": 1e9,
        "b": 1e9,
        "Milliarden": 1e9,
        "Milliarde": 1e9,
        "Mrd.": 1e9,
        "Mrd": 1e9,
        "milliard": 1e9,
        "milliards": 1e9,
        "Md": 1e9,
        "mds": 1e9,
        "mil millones": 1e9,
        "miliardi": 1e9,
        "bilhões": 1e9,
        "miljard": 1e9,
        "trillion": 1e12,
        "trillions": 1e12,
        "tn": 1e12,
        "trn": 1e12,
        "T": 1e12,
        "Billionen": 1e12,
        "billones": 1e12,
        "trilhões": 1e12,
        "dozen": 12,
        "lakh": 1e5,
        "lakhs": 1e5,
        "crore": 1e7,
        "crores": 1e7,
        "万": 1e4,
        "萬": 1e4,
        "만": 1e4,
        "億": 1e8,
        "亿": 1e8,
        "억": 1e8,
        "兆": 1e12,
        "조": 1e12,
    }
)
"""Words that multiply a number."""
ABBREVIATED = frozenset(("k", "K", "M", "m", "B", "b", "T"))
"""Scales of one letter, which stand close behind their number."""
