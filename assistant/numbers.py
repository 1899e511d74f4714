"""Dutch number words."""

NUMBER_WORDS = dict(
    zip(
        ["een", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"],
        (1, 1, *range(2, 11)),
        strict=True,
    )
)
