"""The address of a mail server, as it stands in EMAIL_URL, read. Pure; the settings use it."""

from urllib.parse import unquote, urlsplit

BACKENDS = "django.core.mail.backends"
SCHEMES: dict[
    str, tuple[str, int | None, dict[str, object]]
] = {  # how the address begins -> backend, usual port, more
    "smtp": ("smtp", 25, {}),
    "smtp+tls": ("smtp", 587, {"use_tls": True}),  # STARTTLS: begins in the open, then switches
    "smtp+ssl": ("smtp", 465, {"use_ssl": True}),  # TLS from the first byte
    "smtps": ("smtp", 465, {"use_ssl": True}),
    "consolemail": ("console", None, {}),
    "filemail": ("filebased", None, {}),
    "dummymail": ("dummy", None, {}),
}
PATIENCE = 20  # seconds for one answer of the mail server


def read(address: str) -> dict[str, object]:
    """The arguments of django.core.mail.get_connection for an address; ValueError with a sentence if none.

    smtp+tls://name:password@mail.example.nl:587, consolemail://, filemail:///srv/mail; a name or password
    with other signs than letters and digits is percent-encoded.
    """
    parts = urlsplit(address)
    if parts.scheme not in SCHEMES:
        raise ValueError(f"begint niet met een van {', '.join(f'{name}://' for name in SCHEMES)}")
    backend, port, more = SCHEMES[parts.scheme]
    found: dict[str, object] = {"backend": f"{BACKENDS}.{backend}.EmailBackend"}
    if backend == "filebased":
        if not parts.path.strip("/"):
            raise ValueError("noemt geen map")
        return found | {"file_path": unquote(parts.path)}
    if backend != "smtp":
        return found
    if not parts.hostname:
        raise ValueError("noemt geen mailserver")
    try:
        given = parts.port
    except ValueError:
        raise ValueError("heeft een poort die geen getal tot 65536 is") from None
    return found | {
        "host": parts.hostname,
        "port": given or port,
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": False,
        "use_ssl": False,
        "timeout": PATIENCE,
        **more,
    }
