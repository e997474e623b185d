#define ZLIB_CONST
#include "pdf.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_objects.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* libharu 2.3.0 offers no valid PDF/A, scans 65,536 letters for each UTF-8 face and starts zlib anew for each page.
 * So its objects, page tree, cross references and writer are used as they are, and what stands inside a dictionary or
 * a stream is written here: `write_fn` is its own hook for that. */

enum { COMPRESSION = 5, PAGES_A_NODE = 500, LONGEST_ENTRY = 160 };

struct pdf {
    HPDF_Doc doc;
    HPDF_Dict resources;
    arena *arena;
    z_stream deflate;
    buffer packed;
    size_t pages;
    bool broken; /* zlib or libsodium could not start */
};

static unsigned id_of(const void *object)
{
    const HPDF_Obj_Header *header = object;
    return header->obj_id & 0x00FFFFFF;
}

static HPDF_STATUS write_entries(HPDF_Dict dict, HPDF_Stream stream)
{
    return HPDF_Stream_WriteStr(stream, dict->attr);
}

static HPDF_STATUS write_page_entries(HPDF_Dict dict, HPDF_Stream stream)
{
    (void)dict;
    return HPDF_Stream_WriteStr(stream, "/Filter /FlateDecode\n");
}

/* A dictionary whose entries are written as they stand; libharu numbers, places and frees it. */
static HPDF_Dict add_dictionary(pdf *pdf, const char *entries)
{
    HPDF_Dict dict = HPDF_Dict_New(pdf->doc->mmgr);
    if (!dict || HPDF_Xref_Add(pdf->doc->xref, dict) != HPDF_OK)
        return NULL;
    dict->attr = arena_text(pdf->arena, entries);
    dict->write_fn = write_entries;
    return dict;
}

static HPDF_Dict add_stream(pdf *pdf, const char *entries, const void *bytes, size_t length)
{
    HPDF_Dict dict = HPDF_DictStream_New(pdf->doc->mmgr, pdf->doc->xref);
    if (!dict)
        return NULL;
    dict->attr = arena_text(pdf->arena, entries);
    dict->write_fn = write_entries;
    (void)HPDF_Stream_Write(dict->stream, bytes, (HPDF_UINT)length);
    return dict;
}

static void pack(pdf *pdf, const void *bytes, size_t length)
{
    buffer_empty(&pdf->packed);
    z_stream *z = &pdf->deflate;
    (void)deflateReset(z);
    z->next_in = bytes;
    z->avail_in = (uInt)length;
    unsigned char room[16384];
    int state;
    do {
        z->next_out = room;
        z->avail_out = sizeof room;
        state = deflate(z, Z_FINISH);
        buffer_add(&pdf->packed, room, sizeof room - z->avail_out);
    } while (state == Z_OK);
    pdf->broken |= state != Z_STREAM_END;
}

static HPDF_Dict add_packed(pdf *pdf, const char *entries, const void *bytes, size_t length)
{
    pack(pdf, bytes, length);
    char all[LONGEST_ENTRY + 32];
    snprintf(all, sizeof all, "/Filter /FlateDecode\n%s", entries);
    return add_stream(pdf, all, buffer_text(&pdf->packed), pdf->packed.length);
}

pdf *pdf_new(void)
{
    pdf *made = calloc(1, sizeof *made);
    if (!made)
        exit(70);
    made->arena = arena_new();
    made->doc = HPDF_New(NULL, NULL);
    made->broken = !made->doc || sodium_init() < 0 || deflateInit(&made->deflate, COMPRESSION) != Z_OK;
    if (made->broken)
        return made;
    made->doc->pdf_version = HPDF_VER_14;
    HPDF_SetPagesConfiguration(made->doc, PAGES_A_NODE);
    made->resources = add_dictionary(made, "");
    made->broken = !made->resources;
    return made;
}

void pdf_free(pdf *pdf)
{
    if (!pdf)
        return;
    if (pdf->doc)
        HPDF_Free(pdf->doc);
    deflateEnd(&pdf->deflate);
    buffer_clear(&pdf->packed);
    arena_free(pdf->arena);
    free(pdf);
}

void pdf_free_scope(pdf **pdf)
{
    pdf_free(*pdf);
}

void pdf_add_page(pdf *pdf, double width, double height, const buffer *content)
{
    pdf->pages++;
    HPDF_Page page = pdf->broken ? NULL : HPDF_AddPage(pdf->doc);
    pdf->broken |= !page;
    if (!page)
        return;
    HPDF_Page_SetWidth(page, (HPDF_REAL)width);
    HPDF_Page_SetHeight(page, (HPDF_REAL)height);
    HPDF_Dict_Add(page, "Resources", pdf->resources);
    HPDF_Dict contents = HPDF_Dict_GetItem(page, "Contents", HPDF_OCLASS_DICT);
    pack(pdf, buffer_text(content), content->length);
    contents->write_fn = write_page_entries;
    HPDF_Stream_Write(contents->stream, (const HPDF_BYTE *)pdf->packed.bytes, (HPDF_UINT)pdf->packed.length);
}

/* Six letters that name a subset: the same letters, the same name. */
static void add_tag(const subset *used, buffer *to)
{
    uint64_t hash = 0xCBF29CE484222325U;
    for (int i = 1; i < used->count; i++)
        hash = (hash ^ used->glyphs[i]) * 0x100000001B3U;
    for (int i = 0; i < 6; i++, hash /= 26)
        buffer_add_byte(to, (unsigned char)('A' + hash % 26));
    buffer_add_format(to, "+%s", faces[used->face].name);
}

static HPDF_Dict add_letters(pdf *pdf, const subset *used)
{
    BUFFER_SCOPE buffer map = BUFFER_EMPTY;
    buffer_add_text(&map, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                          "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
                          "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                          "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
    subset_write_letters(used, &map);
    buffer_add_text(&map, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    return add_packed(pdf, "", map.bytes, map.length);
}

static HPDF_Dict add_descriptor(pdf *pdf, const subset *used, const char *name)
{
    const face *f = &faces[used->face];
    BUFFER_SCOPE buffer file = BUFFER_EMPTY;
    subset_write(used, &file);
    char entries[LONGEST_ENTRY];
    snprintf(entries, sizeof entries, "/Length1 %zu\n", file.length);
    HPDF_Dict program = add_packed(pdf, entries, file.bytes, file.length);
    unsigned char set[8192] = {0};
    for (int i = 0; i < used->count; i++)
        set[i / 8] |= (unsigned char)(0x80 >> i % 8);
    HPDF_Dict used_set = add_packed(pdf, "", set, ((size_t)used->count + 7) / 8);
    if (!program || !used_set)
        return NULL;
    int scale[7] = {f->box[0], f->box[1], f->box[2], f->box[3], f->ascent, f->descent, f->capital};
    for (int i = 0; i < 7; i++)
        scale[i] = scale[i] * 1000 / f->units;
    return add_dictionary(pdf, arena_format(pdf->arena,
        "/Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [%d %d %d %d] /ItalicAngle 0\n"
        "/Ascent %d /Descent %d /CapHeight %d /StemV %d /FontFile2 %u 0 R /CIDSet %u 0 R\n",
        name, scale[0], scale[1], scale[2], scale[3], scale[4], scale[5], scale[6], f->stem, id_of(program),
        id_of(used_set)));
}

static HPDF_Dict add_font(pdf *pdf, const subset *used)
{
    BUFFER_SCOPE buffer name = BUFFER_EMPTY, widths = BUFFER_EMPTY;
    add_tag(used, &name);
    HPDF_Dict descriptor = add_descriptor(pdf, used, name.bytes), letters = add_letters(pdf, used);
    if (!descriptor || !letters)
        return NULL;
    for (int i = 0; i < used->count; i++)
        buffer_add_format(&widths, "%d ", face_advance(used->face, used->glyphs[i]));
    HPDF_Dict descendant = add_dictionary(pdf, arena_format(pdf->arena,
        "/Type /Font /Subtype /CIDFontType2 /BaseFont /%s /FontDescriptor %u 0 R /CIDToGIDMap /Identity\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /W [0 [%s]]\n",
        name.bytes, id_of(descriptor), widths.bytes));
    if (!descendant)
        return NULL;
    return add_dictionary(pdf, arena_format(pdf->arena,
        "/Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%u 0 R] /ToUnicode %u 0 R\n",
        name.bytes, id_of(descendant), id_of(letters)));
}

static bool add_fonts(pdf *pdf, const subset used[FACES])
{
    BUFFER_SCOPE buffer entries = BUFFER_EMPTY;
    buffer_add_text(&entries, "/ProcSet [/PDF /Text] /Font <<");
    for (int i = 0; i < FACES; i++) {
        if (used[i].count < 2)
            continue;
        HPDF_Dict font = add_font(pdf, &used[i]);
        if (!font)
            return false;
        buffer_add_format(&entries, " /F%d %u 0 R", i, id_of(font));
    }
    buffer_add_text(&entries, " >>\n");
    pdf->resources->attr = arena_text(pdf->arena, entries.bytes);
    return true;
}

static void add_xml(buffer *to, const char *text)
{
    for (const char *p = text; *p; p++)
        switch (*p) {
        case '&': buffer_add_text(to, "&amp;"); break;
        case '<': buffer_add_text(to, "&lt;"); break;
        case '>': buffer_add_text(to, "&gt;"); break;
        default: buffer_add_byte(to, (unsigned char)*p);
        }
}

static void add_description(buffer *to, const char *open, const char *text, const char *close)
{
    buffer_add_text(to, open);
    add_xml(to, text);
    buffer_add_text(to, close);
}

/* libharu's own name, which it wrote into the Info dictionary: XMP has to say the same. */
static const char *producer(pdf *pdf)
{
    const char *name = HPDF_GetInfoAttr(pdf->doc, HPDF_INFO_PRODUCER);
    return name ? name : "";
}

static HPDF_Dict add_metadata(pdf *pdf, const pdf_properties *about)
{
    BUFFER_SCOPE buffer xml = BUFFER_EMPTY;
    buffer_add_text(&xml, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
        "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">"
        "<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>\n"
        "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">");
    add_description(&xml, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", about->title,
                    "</rdf:li></rdf:Alt></dc:title>");
    add_description(&xml, "<dc:creator><rdf:Seq><rdf:li>", about->author, "</rdf:li></rdf:Seq></dc:creator>");
    add_description(&xml, "</rdf:Description>\n<rdf:Description rdf:about=\"\" "
                          "xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"><pdf:Producer>", producer(pdf), "</pdf:Producer>");
    add_description(&xml, "</rdf:Description>\n<rdf:Description rdf:about=\"\" "
                          "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"><xmp:CreatorTool>", about->creator,
                    "</xmp:CreatorTool>");
    if (about->instant)
        buffer_add_format(&xml, "<xmp:CreateDate>%.19sZ</xmp:CreateDate><xmp:ModifyDate>%.19sZ</xmp:ModifyDate>",
                          about->instant, about->instant);
    buffer_add_text(&xml, "</rdf:Description>\n</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>");
    return add_stream(pdf, "/Type /Metadata /Subtype /XML\n", xml.bytes, xml.length);
}

static void add_info_text(buffer *to, const char *key, const char *text)
{
    buffer_add_format(to, "/%s <FEFF", key);
    for (const char *at = text, *end = text + strlen(text); at < end;) {
        int32_t letter = text_scalar(&at, end);
        if (letter < 0)
            break;
        if (letter > 0xFFFF)
            buffer_add_format(to, "%04X%04X", 0xD800u + (unsigned)((letter - 0x10000) >> 10),
                              0xDC00u + (unsigned)((letter - 0x10000) & 0x3FF));
        else
            buffer_add_format(to, "%04X", (unsigned)letter);
    }
    buffer_add_text(to, ">\n");
}

static void describe(pdf *pdf, const pdf_properties *about)
{
    BUFFER_SCOPE buffer info = BUFFER_EMPTY;
    add_info_text(&info, "Title", about->title);
    add_info_text(&info, "Author", about->author);
    add_info_text(&info, "Creator", about->creator);
    if (about->instant) {
        const char *i = about->instant;
        for (int n = 0; n < 2; n++)
            buffer_add_format(&info, "/%s (D:%.4s%.2s%.2s%.2s%.2s%.2sZ)\n", n ? "ModDate" : "CreationDate", i, i + 5,
                              i + 8, i + 11, i + 14, i + 17);
    }
    pdf->doc->info->attr = arena_text(pdf->arena, info.bytes);
    pdf->doc->info->write_fn = write_entries;
}

static bool add_catalog(pdf *pdf, const pdf_properties *about)
{
    HPDF_Dict profile = add_stream(pdf, "/N 3 /Filter /FlateDecode\n", colour_profile, colour_profile_size);
    HPDF_Dict metadata = add_metadata(pdf, about);
    if (!profile || !metadata || !pdf->doc->info)
        return false;
    describe(pdf, about);
    pdf->doc->catalog->attr = arena_format(pdf->arena,
        "/Metadata %u 0 R /Lang (%s) /ViewerPreferences << /PrintScaling /None /DisplayDocTitle true >>\n"
        "/OutputIntents [<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1)\n"
        "/Info (sRGB IEC61966-2.1) /RegistryName (http://www.color.org) /DestOutputProfile %u 0 R >>]\n",
        id_of(metadata), language_code(about->language), id_of(profile));
    pdf->doc->catalog->write_fn = write_entries;
    return true;
}

static const char identity[] = "/ID [<00000000000000000000000000000000> <00000000000000000000000000000000>]\n";

/* The identity of a file is the digest of its bytes written with an identity of zeros. */
static void set_identity(buffer *bytes, size_t start)
{
    char *at = memmem(bytes->bytes + start, bytes->length - start, identity, sizeof identity - 1);
    if (!at)
        return;
    unsigned char digest[16];
    crypto_generichash(digest, sizeof digest, (const unsigned char *)bytes->bytes + start, bytes->length - start, NULL, 0);
    BUFFER_SCOPE buffer hex = BUFFER_EMPTY;
    text_add_hex(&hex, digest, sizeof digest);
    memcpy(at + 6, hex.bytes, 32);
    memcpy(at + 41, hex.bytes, 32);
}

static bool read_bytes(pdf *pdf, buffer *to)
{
    if (HPDF_SaveToStream(pdf->doc) != HPDF_OK || HPDF_ResetStream(pdf->doc) != HPDF_OK)
        return false;
    HPDF_UINT32 left = HPDF_GetStreamSize(pdf->doc);
    while (left > 0) {
        HPDF_BYTE room[65536];
        HPDF_UINT32 size = left < sizeof room ? left : (HPDF_UINT32)sizeof room;
        HPDF_STATUS state = HPDF_ReadFromStream(pdf->doc, room, &size);
        if ((state != HPDF_OK && state != HPDF_STREAM_EOF) || size == 0)
            return false;
        buffer_add(to, room, size);
        left -= size;
    }
    return true;
}

size_t pdf_pages(const pdf *pdf)
{
    return pdf->pages;
}

ending pdf_save(pdf *pdf, const subset used[FACES], const pdf_properties *properties, outcome *outcome,
                buffer *ret_bytes)
{
    size_t start = ret_bytes->length;
    if (pdf->broken || !add_fonts(pdf, used) || !add_catalog(pdf, properties))
        return fail(outcome, "libharu could not make the document");
    pdf->doc->trailer->attr = arena_text(pdf->arena, identity);
    pdf->doc->trailer->write_fn = write_entries;
    HPDF_STATUS state = HPDF_GetError(pdf->doc);
    if (state != HPDF_OK || pdf->broken)
        return fail(outcome, "libharu could not make the document: error 0x%04lX", (unsigned long)state);
    if (!read_bytes(pdf, ret_bytes))
        return fail(outcome, "libharu could not write the document: error 0x%04lX",
                    (unsigned long)HPDF_GetError(pdf->doc));
    set_identity(ret_bytes, start);
    return DONE;
}
