/* The same documents by libharu and libqrencode alone, as their manuals show it:  floor label|certificate COUNT one|many
 * FACE OUTPUT, where FACE is "embedded" (whole TrueType faces, UTF-8) or "viewer" (base-14 faces, nothing embedded, no ≤
 * and ≥): the second is no valid archive document, only the least work that libharu can be asked for. */
#include <hpdf.h>
#include <qrencode.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const float mm = 72 / 25.4f;
static bool embedded;

typedef struct sheet {
    HPDF_Doc doc;
    HPDF_Font faces[2];
    HPDF_Page page;
    float height;
} sheet;

/* Latin-1 for the viewer's faces. */
static void put(sheet *sheet, int bold, float size, float x, float y, const char *text)
{
    char narrow[256];
    size_t length = 0;
    for (const unsigned char *p = (const unsigned char *)text; *p && !embedded && length < 250;) {
        int more = *p < 0x80 ? 0 : *p < 0xE0 ? 1 : 2;
        narrow[length++] = (char)(more == 0 ? *p : more == 1 ? (*p & 3) << 6 | (p[1] & 63) : '-');
        p += 1 + more;
    }
    narrow[length] = 0;
    HPDF_Page_SetFontAndSize(sheet->page, sheet->faces[bold], size);
    HPDF_Page_BeginText(sheet->page);
    HPDF_Page_TextOut(sheet->page, x, sheet->height - y, embedded ? text : narrow);
    HPDF_Page_EndText(sheet->page);
}

static void code(sheet *sheet, float x, float y, float side, const char *text)
{
    QRcode *symbol = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    int width = symbol->width;
    float module = side / (float)width;
    for (int row = 0; row < width; row++)
        for (int first = 0, last; first < width; first = last) {
            const unsigned char *dark = symbol->data + row * width;
            for (last = first + 1; last < width && (dark[last] & 1) == (dark[first] & 1); last++)
                ;
            if (dark[first] & 1)
                HPDF_Page_Rectangle(sheet->page, x + (float)first * module, sheet->height - y - (float)(row + 1) * module,
                                    (float)(last - first) * module, module);
        }
    HPDF_Page_Fill(sheet->page);
    QRcode_free(symbol);
}

static void turn(sheet *sheet, float width, float height)
{
    sheet->page = HPDF_AddPage(sheet->doc);
    sheet->height = height;
    HPDF_Page_SetWidth(sheet->page, width);
    HPDF_Page_SetHeight(sheet->page, height);
}

static void label(sheet *sheet, int i)
{
    char text[160];
    turn(sheet, 70 * mm, 35 * mm);
    put(sheet, 1, 7, 6, 8, "CHU Exemple – Pharmacie à usage intérieur");
    snprintf(text, sizeof text, "Hydrocortisone %d mg gélule", 5 + i % 20);
    put(sheet, 1, 9, 6, 19, text);
    snprintf(text, sizeof text, "Patient : MARTIN-DÉSIRÉ Élodie n° %07d", 1000000 + i);
    put(sheet, 0, 6.5f, 6, 29, text);
    snprintf(text, sizeof text, "Né(e) le %02d/%02d/19%02d – Service : Pédiatrie", 1 + i % 28, 1 + i % 12, i % 100);
    put(sheet, 0, 6.5f, 6, 37, text);
    snprintf(text, sizeof text, "Lot : MAG-2026-%06d", i);
    put(sheet, 1, 7, 6, 46, text);
    put(sheet, 0, 6.5f, 6, 54, "Fabriqué le 12/03/2026 – Péremption 11/06/2026");
    snprintf(text, sizeof text, "Quantité : %d gélules", 30 + i % 60);
    put(sheet, 0, 6.5f, 6, 62, text);
    put(sheet, 0, 6.5f, 6, 70, "Voie orale – 1 gélule matin et soir");
    put(sheet, 0, 6, 6, 78, "Excipient à effet notoire : lactose (≤ 150 mg)");
    put(sheet, 0, 6, 6, 85, "À conserver entre 15 °C et 25 °C, à l’abri");
    put(sheet, 1, 6.5f, 6, 92, "Liste I – Uniquement sur ordonnance");
    put(sheet, 0, 5, 6, 98, "12 rue de l’Hôpital, 69000 Lyon – 04 00 00 00 00");
    snprintf(text, sizeof text, "HTTPS://PUI.CHU-EXEMPLE.FR/D/MAG-2026-%06d/KR7TLM2KP4NS8WV1YC3JD5HF6GGT", i);
    code(sheet, 53 * mm, 11 * mm, 12.4f * mm, text);
}

static void row(sheet *sheet, float y, const float *x, int count, const char *const *cells, int bold)
{
    for (int i = 0; i < count; i++)
        put(sheet, bold, 8, x[i], y, cells[i]);
    HPDF_Page_SetLineWidth(sheet->page, .25f);
    HPDF_Page_MoveTo(sheet->page, x[0], sheet->height - y - 4);
    HPDF_Page_LineTo(sheet->page, x[count], sheet->height - y - 4);
    HPDF_Page_Stroke(sheet->page);
}

static void head(sheet *sheet, int i, int page)
{
    char text[160];
    turn(sheet, 595.276f, 841.89f);
    HPDF_Page_SetRGBFill(sheet->page, .07f, .25f, .45f);
    HPDF_Page_Rectangle(sheet->page, 40, 770, 90, 45);
    HPDF_Page_Fill(sheet->page);
    HPDF_Page_SetRGBFill(sheet->page, 0, 0, 0);
    put(sheet, 1, 16, 150, 40, "Certificat d’analyse");
    snprintf(text, sizeof text, "Lot MAG-2026-%06d – Hydrocortisone 10 mg gélule – page %d/2", i, page);
    put(sheet, 0, 10, 150, 60, text);
}

static void controls(sheet *sheet)
{
    static const float x[] = {40, 200, 330, 440, 555};
    row(sheet, 100, x, 4, (const char *const[]){"Essai", "Spécification", "Résultat", "Conforme"}, 1);
    for (int r = 0; r < 20; r++) {
        char cells[3][64];
        snprintf(cells[0], 64, "Uniformité de masse n° %d", r + 1);
        snprintf(cells[1], 64, "≥ %d,0 %% et ≤ %d,0 %%", 90 + r % 5, 105 + r % 3);
        snprintf(cells[2], 64, "%d,%d mg ± 2 µg", 95 + r % 9, r % 10);
        row(sheet, 114 + 14 * (float)r, x, 4, (const char *const[]){cells[0], cells[1], cells[2], "Oui"}, 0);
    }
}

static void materials(sheet *sheet, int i)
{
    static const float x[] = {40, 90, 250, 340, 430, 555};
    row(sheet, 100, x, 5, (const char *const[]){"N°", "Matière première", "Lot fournisseur", "Quantité", "Péremption"}, 1);
    for (int r = 0; r < 20; r++) {
        char cells[4][64];
        snprintf(cells[0], 64, "%d", r + 1);
        snprintf(cells[1], 64, "Cellulose microcristalline %d", r + 1);
        snprintf(cells[2], 64, "FR-%06d", 100000 + i * 20 + r);
        snprintf(cells[3], 64, "%d,%03d g", r + 1, i % 1000);
        row(sheet, 114 + 14 * (float)r, x, 5, (const char *const[]){cells[0], cells[1], cells[2], cells[3], "31/12/2027"}, 0);
    }
}

static void certificate(sheet *sheet, int i)
{
    char text[160];
    head(sheet, i, 1);
    controls(sheet);
    head(sheet, i, 2);
    materials(sheet, i);
    HPDF_Page_Rectangle(sheet->page, 40, 380, 255, 60);
    HPDF_Page_Stroke(sheet->page);
    put(sheet, 0, 9, 46, 420, "Libéré par : Dr Anne-Cécile Lefèvre, pharmacien");
    put(sheet, 0, 9, 46, 436, "Le 12/03/2026 à 14 h 32 – signature électronique :");
    put(sheet, 0, 7, 46, 450, "ed25519:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
    snprintf(text, sizeof text, "HTTPS://PUI.CHU-EXEMPLE.FR/C/MAG-2026-%06d/KR7TLM2KP4NS8WV1YC3JD5HF6GGT", i);
    code(sheet, 470, 680, 24 * mm, text);
}

static void start(sheet *sheet)
{
    static const char *const files[] = {"/usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf",
                                        "/usr/share/fonts/truetype/liberation2/LiberationSans-Bold.ttf"};
    static const char *const names[] = {"Helvetica", "Helvetica-Bold"};
    HPDF_NewDoc(sheet->doc);
    HPDF_SetCompressionMode(sheet->doc, HPDF_COMP_ALL);
    if (embedded)
        HPDF_UseUTFEncodings(sheet->doc);
    for (int i = 0; i < 2; i++)
        sheet->faces[i] = embedded ? HPDF_GetFont(sheet->doc, HPDF_LoadTTFontFromFile(sheet->doc, files[i], HPDF_TRUE), "UTF-8")
                                   : HPDF_GetFont(sheet->doc, names[i], "WinAnsiEncoding");
}

int main(int count, char **arguments)
{
    if (count != 6)
        return 64;
    embedded = strcmp(arguments[4], "embedded") == 0;
    bool one = strcmp(arguments[3], "one") == 0;
    sheet sheet = {.doc = HPDF_New(NULL, NULL)};
    int records = atoi(arguments[2]);
    for (int i = 0; i < records; i++) {
        if (i == 0 || !one)
            start(&sheet);
        (*arguments[1] == 'l' ? label : certificate)(&sheet, i);
        if (!one || i + 1 == records)
            HPDF_SaveToStream(sheet.doc);
        if (!one && i + 1 < records)
            HPDF_FreeDocAll(sheet.doc);
    }
    HPDF_STATUS state = HPDF_SaveToFile(sheet.doc, arguments[5]);
    HPDF_Free(sheet.doc);
    return state == HPDF_OK ? 0 : 70;
}
