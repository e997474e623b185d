"""The QR codes of a paper as a printer of so many dots an inch would put them on it, black or white, and as zbar reads them."""
import ctypes
import re
import subprocess

ALL, QR, ENABLED, EVERY_COLUMN, EVERY_ROW = 0, 64, 0, 0x100, 0x101  # zbar.h: zbar_symbol_type_t, zbar_config_t
GREY = int.from_bytes(b"Y800", "little")
HEAD = re.compile(rb"P5\n(\d+) (\d+)\n255\n")  # pgm(5)

zbar = ctypes.CDLL("libzbar.so.0")
for name in ("zbar_image_scanner_create", "zbar_image_create", "zbar_image_first_symbol", "zbar_symbol_next", "zbar_symbol_get_data"):
    getattr(zbar, name).restype = ctypes.c_void_p
scanner = ctypes.c_void_p(zbar.zbar_image_scanner_create())
zbar.zbar_image_scanner_set_config(scanner, ALL, ENABLED, 0)
for setting, value in ((ENABLED, 1), (EVERY_COLUMN, 2), (EVERY_ROW, 2)):
    zbar.zbar_image_scanner_set_config(scanner, QR, setting, value)


def read(width, height, grey):
    """The codes in a picture of one byte a dot."""
    image = ctypes.c_void_p(zbar.zbar_image_create())
    zbar.zbar_image_set_format(image, ctypes.c_ulong(GREY))
    zbar.zbar_image_set_size(image, width, height)
    zbar.zbar_image_set_data(image, grey, ctypes.c_ulong(len(grey)), None)
    assert zbar.zbar_scan_image(scanner, image) >= 0, "zbar cannot read the picture"
    found, symbol = [], zbar.zbar_image_first_symbol(image)
    while symbol:
        symbol = ctypes.c_void_p(symbol)
        found.append(ctypes.string_at(zbar.zbar_symbol_get_data(symbol), zbar.zbar_symbol_get_data_length(symbol)).decode("ascii"))
        symbol = zbar.zbar_symbol_next(symbol)
    zbar.zbar_image_destroy(image)
    return found


def pictures(path, dots, *options):
    """Each page of a PDF as pdftoppm draws it: its width, its height, one byte of grey a dot."""
    drawn, at = subprocess.run(["pdftoppm", "-r", str(dots), "-gray", *options, path], capture_output=True, check=True).stdout, 0
    while at < len(drawn):
        head = HEAD.match(drawn, at)
        width, height = map(int, head.groups())
        at = head.end() + width * height
        yield width, height, drawn[head.end():at]


def on(path, dots, *options):
    """The codes on each page of a PDF: a list of lists. `options`: pdftoppm's, to take some of the pages."""
    return [read(*picture) for picture in pictures(path, dots, "-aa", "no", "-aaVector", "no", *options)]
