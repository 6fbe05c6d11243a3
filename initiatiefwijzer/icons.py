"""Our own small set of line icons: name -> the inside of a 24 x 24 SVG, drawn with a stroke of 2."""

ICONS = {
    "arrow": '<path d="M5 12h14M13 6l6 6-6 6"/>',
    "arrow-left": '<path d="M19 12H5M11 6l-6 6 6 6"/>',
    "book": '<path d="M4 5.5C6.5 4 9.5 4 12 6c2.5-2 5.5-2 8-.5V19c-2.5-1.3-5.5-1.3-8 .5'
    '-2.5-1.8-5.5-1.8-8-.5zM12 6v13.5"/>',
    "calendar": '<path d="M4 7h16v13H4zM4 11h16M8 4v4M16 4v4"/>',
    "check": '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
    "chevron": '<path d="M9 5l7 7-7 7"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.5l3.5 2"/>',
    "close": '<path d="M6 6l12 12M18 6L6 18"/>',
    "coin": '<circle cx="12" cy="12" r="8.5"/><path d="M15.5 8.5a4.5 4.5 0 1 0 0 7M7 11h6M7 13.5h6"/>',
    "error": '<path d="M8.5 3.5h7l5 5v7l-5 5h-7l-5-5v-7zM12 8v5M12 16v.2"/>',
    "filter": '<path d="M4 7h16M7 12h10M10 17h4"/>',
    "hands": '<path d="M3 12l4-4 4 2 3-2 3 1 4 3M7 8l-4 4 5 5 2 '
    '1.5 2-1 2 .5 2-2 3-2 2-2M11 10l-2 3c1.5 1 3 .5 4-1l4 4"/>',
    "heart": '<path d="M12 20C6 15.5 3.5 12.5 3.5 9A4.3 4.3 0 0 1 12 7.5 4.3 4.3 0 0 1 20.5 9'
    'c0 3.5-2.5 6.5-8.5 11z"/>',
    "home": '<path d="M4 11l8-7 8 7M6 9.5V20h12V9.5M10 20v-6h4v6"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.5v.2"/>',
    "leaf": '<path d="M5 19c0-9 5-14 15-14 0 10-5 14-11 14-2 0-3.5-1-4-2M5 21c1-5 4-8 9-10"/>',
    "link": '<path d="M14 5h5v5M19 5l-8 8M17 14v5H5V7h5"/>',
    "mail": '<path d="M3.5 6h17v12h-17zM4 7l8 6 8-6"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "note": '<path d="M6 3.5h8l4 4v13H6zM14 3.5v4h4M9 12h6M9 16h6"/>',
    "pencil": '<path d="M4 20l1-4L16 5l3 3L8 19zM14 7l3 3"/>',
    "people": '<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c0-4 2.5-6.5 6.5-6.5s6.5 2.5 6.5 6.5'
    'M15.5 4.8a3.5 3.5 0 0 1 0 6.4M17.5 14c2.5.8 4 3 4 6"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4 20.5c0-4.5 3-7 8-7s8 2.5 8 7"/>',
    "phone": '<path d="M5 4h4l1.5 5-2.3 1.7a12 12 0 0 0 5.1 5.1L15 13.5l5 1.5v4c0 .8-.7 1.3-1.5 1.3'
    'C10.5 20.3 3.7 13.5 3.7 5.5 3.7 4.7 4.2 4 5 4z"/>',
    "pin": '<path d="M12 21c-4.5-5-7-8.5-7-11.5a7 7 0 0 1 14 0c0 3-2.5 6.5-7 11.5z"/>'
    '<circle cx="12" cy="9.5" r="2.5"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5L21 21"/>',
    "signpost": '<path d="M12 3v18M8.5 21h7M5 5h11l3 2.5L16 10H5zM19 12.5H9L6 15l3 2.5h10z"/>',
    "sparkle": '<path d="M12 4l1.8 5.2L19 11l-5.2 1.8L12 18l-1.8-5.2L5 11l5.2-1.8z"/>',
    "speech": '<path d="M4 5h16v11h-9l-4 4v-4H4z"/>',
    "target": '<circle cx="12" cy="12" r="8.5"/><circle cx="12" cy="12" r="4.5"/><path d="M12 12v.2"/>',
    "town": '<path d="M3 20h18M5 20V10l4-3 4 3v10M13 20v-8h6v8M8 12h2M8 15.5h2M16 15h.2"/>',
    "warning": '<path d="M12 4l9 16H3zM12 10v4.5M12 17.3v.2"/>',
}
