"""Writes a C file that holds the given files: embed.py OUTPUT SYMBOL FILE..."""

import os
import sys

output, symbol, files = sys.argv[1], sys.argv[2], sorted(sys.argv[3:], key=os.path.basename)
with open(output, "w", encoding="ascii") as to:
    to.write('#include "magistral/base/embedded.h"\n')
    to.write(f"extern const embedded_file {symbol}[];\nextern const size_t {symbol}_count;\n")
    for index, path in enumerate(files):
        with open(path, "rb") as source:
            data = source.read() + b"\0"
        to.write(f"static const unsigned char file_{index}[] = {{\n")
        for at in range(0, len(data), 20):
            to.write(",".join(str(byte) for byte in data[at:at + 20]) + ",\n")
        to.write("};\n")
    to.write(f"const embedded_file {symbol}[] = {{\n")
    for index, path in enumerate(files):
        to.write(f'    {{"{os.path.basename(path)}", file_{index}, sizeof file_{index} - 1}},\n')
    to.write("    {0, 0, 0},\n};\n")
    to.write(f"const size_t {symbol}_count = {len(files)};\n")
