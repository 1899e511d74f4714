"""Dutch number words and months."""

NUMBER_WORDS = dict(
    zip(
        ["een", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"],
        (1, 1, *range(2, 11)),
        strict=True,
    )
)

MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
