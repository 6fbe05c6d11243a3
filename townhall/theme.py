"""The municipality's three colours as CSS, and whether people can read them. Pure."""

NAMES = {"brand": "--iw-brand", "brand_dark": "--iw-brand-dark", "accent": "--iw-accent"}
OURS = {"brand": "#0d5c6b", "brand_dark": "#083b46", "accent": "#ffc247"}  # as in static-src/css/theme.css
LEAST_CONTRAST = {"brand": 4.5, "brand_dark": 7.0}
"""With white, as WCAG 2.2 asks of text (1.4.3 and 1.4.6); the accent never carries text."""


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb between 0 and 1 (WCAG 2.2, definition of relative luminance)."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_with_white(colour: str) -> float:
    """The contrast ratio of #rrggbb with white, from 1 to 21."""
    return 1.05 / (luminance(colour) + 0.05)


def stylesheet(colours: dict[str, str]) -> str:
    """CSS that gives the theme these colours; empty where the municipality has none of its own."""
    lines = [f"  {variable}: {colours[name]};" for name, variable in NAMES.items() if name in colours]
    return "\n".join([".initiatiefwijzer-theme {", *lines, "}", ""]) if lines else ""
