"""One amount in two spellings is one amount: units, scales, currencies and numbers as the world writes them."""

from __future__ import annotations

import pytest

from generator.figures.amounts import Figure, find
from generator.figures.numerals import has_decimal_comma
from generator.model.tracing import Verdict
from tests.tracing import claims_of


def only(text: str, language: str = "en") -> Figure:
    """The one figure of some words."""
    (figure,) = find(text, has_decimal_comma(text, language))
    assert figure.text == text
    return figure


def is_one(written: str, plain: str, language: str = "en") -> bool:
    one, other = only(written, language), only(plain)
    return one.dimension == other.dimension and one.low == pytest.approx(other.low, rel=1e-9)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        *(
            ("1 kW", "1,000 watts"),
            ("1 MW", "1,000 kilowatts"),
            ("1 GW", "1,000 megawatts"),
            ("1 TW", "1,000 gigawatts"),
        ),
        *(
            ("3 terawatts", "3,000 GW"),
            ("5 W", "5 watts"),
            ("1 watt", "0.001 kilowatt"),
            ("1 Gigawatt", "1,000 Megawatt"),
        ),
        *(("1 MWh", "1,000 kWh"), ("1 GWh", "1,000 megawatt-hours"), ("1 TWh", "1,000 gigawatt-hours")),
        *(("2 Terawattstunden", "2 terawatt hours"), ("9 Kilowattstunden", "9 kilowatt-hours")),
        *(("1 MB", "1,000 KB"), ("1 GB", "1,000 megabytes"), ("1 TB", "1,000 gigabytes"), ("1 PB", "1,000 terabytes")),
        *(("1 EB", "1,000 petabytes"), ("2 exabytes", "2,000 PB"), ("8 kilobytes", "8 KB")),
        *(("1 Gbit", "1,000 megabits"), ("2 Gbps", "2 gigabits"), ("5 Mbit/s", "5 Mbps")),
        *(("1 kHz", "1,000 Hz"), ("1 MHz", "1,000 kHz"), ("1 GHz", "1,000 MHz"), ("50 hertz", "50 Hz")),
        *(("500 ms", "0.5 seconds"), ("4 milliseconds", "4 ms"), ("2 minutes", "120 seconds"), ("3 hours", "180 min")),
        *(("2 days", "48 hrs"), ("2 weeks", "14 days"), ("2 years", "24 months"), ("2 decades", "20 years")),
        *(("2 quarters", "6 months"), ("30 secs", "30 seconds"), ("1 hr", "60 mins")),
        *(("5 nm", "0.000005 mm"), ("3 nanometres", "3 nanometers"), ("10 mm", "1 cm"), ("100 cm", "1 metre")),
        *(("1 km", "1,000 m"), ("1 mile", "1,609.344 metres"), ("10 feet", "3.048 metres"), ("12 inches", "1 foot")),
        *(
            ("3 mi", "3 miles"),
            ("6 ft", "6 feet"),
            ("5 Kilometer", "5 kilometers"),
            ("7 millimetres", "0.7 centimetres"),
        ),
        *(("1 kg", "1,000 grams"), ("1 tonne", "1,000 kilograms"), ("2 lbs", "907.18474 g"), ("3 Tonnen", "3 tonnes")),
        *(("4 kilos", "4 Kilogramm"), ("3 metric tons", "3,000 kg"), ("1 lb", "453.59237 gram")),
        *(("1 hectare", "10,000 m²"), ("1 acre", "4,046.8564224 square metres"), ("1 km²", "100 hectares")),
        *(("100 square feet", "9.290304 square meters"), ("2 ha", "2 hectares"), ("50 sq ft", "50 square feet")),
        *(("3 square kilometres", "300 ha"), ("90 Quadratmeter", "90 sq m")),
        *(
            ("1 gallon", "3.785411784 litres"),
            ("5 L", "5 liters"),
            ("10 barrels", "10 barrel"),
            ("4 Liter", "4 litres"),
        ),
        *(("150 basis points", "1.5 percentage points"), ("25 bps", "0.25 pp"), ("3 ppt", "3 percentage points")),
        *(("15 per cent", "15%"), ("15 pct", "15 percent"), ("3x", "3 times"), ("3×", "3-fold")),
        *(("212 °F", "100 °C"), ("32 degrees Fahrenheit", "0 degrees Celsius"), ("90 kph", "90 km/h")),
        *(("1080p", "1,080p"), ("50 degrees C", "50 °C")),
    ],
)
def test_a_measure_in_another_unit_is_the_same_measure(written: str, plain: str):
    assert is_one(written, plain)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        *(
            ("hundred million dollars", "$100 million"),
            ("$5 hundred thousand", "$500,000"),
            ("$2 hundred billion", "$200bn"),
        ),
        *(("$3k", "$3,000"), ("$3K", "$3 thousand"), ("$3mn", "$3 million"), ("$3mln", "$3M"), ("$3 millions", "$3m")),
        *(("$3Bn", "$3 billion"), ("$3bln", "$3B"), ("$3 billions", "$3b"), ("$3 milliard", "$3 milliards")),
        *(("$3tn", "$3 trillion"), ("$3trn", "$3T"), ("$3 trillions", "$3,000 billion"), ("$3 Billion", "$3bn")),
        *(("3 dozen", "36"), ("Rs 3 lakh", "₹300,000"), ("₹3 lakhs", "Rs. 3,00,000"), ("₹3 crore", "₹30 million")),
        *(
            ("3 crores", "30,000,000"),
            ("3万", "30,000"),
            ("3萬", "30 thousand"),
            ("3億", "300 million"),
            ("3亿", "3億"),
        ),
        *(
            ("3兆", "3 trillion"),
            ("3조", "3 trillion"),
            ("3억", "300 million"),
            ("3만", "30,000"),
            ("3億5000万", "350 million"),
        ),
        *(
            ("3 trillion won", "₩3tn"),
            ("3兆円", "JPY 3 trillion"),
            ("3000억 원", "300 billion won"),
            ("5亿元", "RMB 500m"),
        ),
    ],
)
def test_a_number_with_another_word_for_its_scale_is_the_same_number(written: str, plain: str):
    assert is_one(written, plain)


@pytest.mark.parametrize(
    ("language", "written", "plain"),
    [
        *(("de", "3 Tausend", "3,000"), ("de", "3 Millionen Euro", "€3m"), ("de", "3 Mio. Euro", "€3m")),
        *(("de", "3 Mrd. Euro", "€3bn"), ("de", "1,5 Milliarden Euro", "€1.5bn"), ("de", "3 Mrd Franken", "CHF 3bn")),
        *(
            ("de", "3 Billionen Dollar", "$3 trillion"),
            ("de", "1.234,5 Prozent", "1,234.5%"),
            ("de", "14 Tage", "2 weeks"),
        ),
        *(
            ("de", "3 Prozentpunkte", "3 percentage points"),
            ("de", "2 Stunden", "2 hours"),
            ("de", "9 Minuten", "9 minutes"),
        ),
        *(
            ("de", "3 Wochen", "3 weeks"),
            ("de", "9 Monate", "9 months"),
            ("de", "2 Jahren", "2 years"),
            ("de", "5 Meter", "5 m"),
        ),
        *(("fr", "3 mille euros", "€3,000"), ("fr", "3 milliards d’euros", "€3bn"), ("fr", "12 pour cent", "12%")),
        *(
            ("fr", "3 Md€", "€3bn"),
            ("fr", "2 heures", "2 hours"),
            ("fr", "3 jours", "3 days"),
            ("fr", "2 ans", "2 years"),
        ),
        *(("es", "3 millones de dólares", "$3m"), ("es", "3 mil millones de euros", "€3bn"), ("es", "3 mil", "3,000")),
        *(
            ("es", "3 billones de pesos", "MXN 3 trillion"),
            ("es", "12 por ciento", "12%"),
            ("es", "3 meses", "3 months"),
        ),
        *(("es", "2 semanas", "2 weeks"), ("es", "5 años", "5 years"), ("es", "8 horas", "8 hours")),
        *(("it", "3 milioni di euro", "€3m"), ("it", "3 miliardi di dollari", "$3bn"), ("it", "12 per cento", "12%")),
        *(("pt", "3 milhões de reais", "R$3m"), ("pt", "3 bilhões de reais", "R$3bn"), ("pt", "12 por cento", "12%")),
        *(
            ("pt", "3 trilhões de reais", "R$3 trillion"),
            ("nl", "3 miljoen euro", "€3m"),
            ("nl", "3 miljard euro", "€3bn"),
        ),
        *(
            ("nl", "12 procent", "12%"),
            ("ja", "12パーセント", "12%"),
            ("ja", "3時間", "3 hours"),
            ("ja", "2年間", "2 years"),
        ),
        *(("ja", "3か月", "3 months"), ("zh", "3个月", "3 months"), ("ko", "3개월", "3 months"), ("zh", "12％", "12%")),
    ],
)
def test_an_amount_in_another_language_is_the_same_amount(language: str, written: str, plain: str):
    assert is_one(written, plain, language)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        *(("US$5", "USD"), ("5 U.S. dollars", "USD"), ("C$5", "CAD"), ("CA$5", "CAD"), ("5 Canadian dollars", "CAD")),
        *(
            ("A$5", "AUD"),
            ("AU$5", "AUD"),
            ("5 Australian dollars", "AUD"),
            ("HK$5", "HKD"),
            ("5 Hong Kong dollars", "HKD"),
        ),
        *(("S$5", "SGD"), ("5 Singapore dollars", "SGD"), ("NZ$5", "NZD"), ("NT$5", "TWD"), ("R$5", "BRL")),
        *(
            ("MXN 5", "MXN"),
            ("5 pesos", "MXN"),
            ("ZAR 5", "ZAR"),
            ("5 rand", "ZAR"),
            ("SEK 5", "SEK"),
            ("5 kronor", "SEK"),
        ),
        *(
            ("NOK 5", "NOK"),
            ("5 kroner", "kroner"),
            ("DKK 5", "DKK"),
            ("PLN 5", "PLN"),
            ("5 zloty", "PLN"),
            ("TRY 5", "TRY"),
        ),
        *(("5 lira", "TRY"), ("₽5", "RUB"), ("5 roubles", "RUB"), ("₪5", "ILS"), ("5 shekels", "ILS"), ("₹5", "INR")),
        *(
            ("5 Swiss francs", "CHF"),
            ("5 yen", "JPY"),
            ("5 renminbi", "CNY"),
            ("5 pounds sterling", "GBP"),
            ("₩5", "KRW"),
        ),
        *(
            ("¥5", "yen or yuan"),
            ("￥5", "yen or yuan"),
            ("5円", "JPY"),
            ("5元", "CNY"),
            ("5 ドル", "USD"),
            ("5 ユーロ", "EUR"),
        ),
        *(("50 cents", "USD"), ("50¢", "USD"), ("50 pence", "GBP")),
    ],
)
def test_money_is_of_the_currency_that_its_sign_or_word_names(written: str, code: str):
    assert only(written).dimension == code


@pytest.mark.parametrize("currency", ["yen", "yuan"])
def test_the_sign_that_two_currencies_share_stands_for_either(currency: str):
    evidence, sentence = f"It costs 500 million {currency}.", "It costs ¥500 million."
    assert {claim.verdict for claim in claims_of(sentence, evidence)} == {Verdict.TRACED}
    assert {claim.verdict for claim in claims_of(evidence, sentence)} == {Verdict.TRACED}


@pytest.mark.parametrize(
    ("evidence", "sentence"),
    [
        ("The line carries 400 gigabits.", "The line carries 400 gigabytes."),
        ("The plant makes 400 megawatts.", "The plant makes 400 megawatt-hours."),
        ("The site has 400 metres of road.", "The site has 400 square metres of road."),
        ("The ship holds 400 barrels of oil.", "The ship holds 400 tons of oil."),
        ("The rise was 14.5 percent this time.", "The rise was 14.5 percentage points this time."),
        ("The trial ran for 40 days in all.", "The trial ran for 40 months in all."),
        ("The grant is 400 million yen in all.", "The grant is 400 million yuan in all."),
        ("The grant is 400 million kroner in all.", "The grant is 400 million kronor in all."),
    ],
)
def test_the_same_number_of_another_unit_is_contradicted(evidence: str, sentence: str):
    assert {claim.verdict for claim in claims_of(sentence, evidence)} == {Verdict.CONTRADICTED}


@pytest.mark.parametrize(
    "dollars", ["Canadian dollars", "Australian dollars", "Hong Kong dollars", "Singapore dollars"]
)
def test_dollars_of_one_country_are_not_said_to_contradict_those_that_may_be_called_so_at_home(dollars: str):
    claims = claims_of("The grant is worth $40 million.", f"The grant is worth 40 million {dollars}.")
    assert Verdict.CONTRADICTED not in {claim.verdict for claim in claims}


def test_a_number_in_digits_counts_from_one_and_in_words_from_two():
    assert [figure.low for figure in find("It has 1 plant, one plan, 2 ships and two boats.")] == [1, 2, 2]
    assert any(claim.is_fault for claim in claims_of("It has 1 plant.", "It has 3 plants."))


def test_digits_apart_are_one_number_where_a_comma_stands_before_decimals_and_two_where_it_does_not():
    assert [figure.low for figure in find("12 345 678 Autos", decimal_comma=True)] == [12345678]
    assert [figure.low for figure in find("In June 12 345 cars", decimal_comma=False)] == [12, 345]


@pytest.mark.parametrize("blank", ["\u00a0", "\u2009", "\u202f"])
def test_digits_that_a_blank_holds_together_are_one_number_in_every_language(blank: str):
    grouped = f"12{blank}345{blank}678"
    for language in ("en", "fr", None):
        assert [figure.low for figure in find(grouped, has_decimal_comma(grouped, language))] == [12345678]
        for evidence, sentence in (
            (f"It sold {grouped} cars.", "It sold 12,345,678 cars."),
            ("It sold 12,345,678 cars.", f"It sold {grouped} cars."),
        ):
            if language != "fr" or grouped in evidence:
                assert {c.verdict for c in claims_of(sentence, evidence, language)} == {Verdict.TRACED}
