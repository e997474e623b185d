/* What a guesser tries first. Rule: NIST SP 800-63B, 3.1.1.2 (a blocklist, no rule of composition). */
#include <ctype.h>
#include <string.h>

#include "magistral/act/people.h"

enum { LONGEST_COMPARED = 255, LONGEST_PIECE = 6, SHORTEST_PIN = 6, LONGEST_PIN = 12, FEWEST_DIGITS = 3 };

/* Rows of keyboards, and orders that everybody knows; read backwards too. */
static const char *const rows[] = {"01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "azertyuiopqsdfghjklmwxcvbn",
                                   "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm", "1a2z3e4r5t6y7u8i9o0p", "1q2w3e4r5t6y7u8i9o0p"};

/* A password that is made of nothing but these, one or several, and at most six digits behind, is one of the first that are tried. */
static const char *const words[] = {
    "password", "passwort", "passw0rd", "motdepasse", "azerty", "qwerty", "qwertz", "uiop", "qsdfgh", "asdfgh", "admin", "istrateur", "istrator",
    "root", "user", "utilisateur", "invite", "guest", "test", "demo", "login", "secret", "changeme", "changezmoi", "changer", "bienvenue", "welcome",
    "bonjour", "hello", "soleil", "sunshine", "princess", "princesse", "chocolat", "chocolate", "football", "baseball", "dragon", "monkey", "letmein",
    "iloveyou", "jetaime", "marseille", "paris", "france", "loulou", "doudou", "nicolas", "camille", "trustno1", "master", "superman", "batman",
    "pharmacie", "pharmacy", "pharmacien", "pharmacist", "preparateur", "hopital", "hospital", "clinique", "chu", "chru", "pui", "magistral", "gelule",
    "capsule", "medicament", "sante", "health", "labo", "laboratoire", "printemps", "ete", "automne", "hiver", "spring", "summer", "autumn", "winter",
    "janvier", "monday", "lundi", "123", "000", "111", "abc", "my", "the", "le", "la", "mon", "de", "du", "s",
};

static bool repeats(const char *text)
{
    size_t length = strlen(text);
    for (size_t piece = 1; piece <= LONGEST_PIECE && piece * 2 <= length; piece++) {
        size_t same = piece;
        while (same < length && text[same] == text[same - piece])
            same++;
        if (same == length)
            return true;
    }
    return false;
}

static bool is_of_a_row(const char *text)
{
    char backwards[LONGEST_COMPARED + 1];
    size_t length = strlen(text);
    for (size_t i = 0; i < length; i++)
        backwards[i] = text[length - 1 - i];
    backwards[length] = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strstr(rows[i], text) || strstr(rows[i], backwards))
            return true;
    return false;
}

/* True when the text is common words one behind the other. */
static bool is_of_words(const char *text)
{
    bool reached[LONGEST_COMPARED + 1] = {true};
    size_t length = strlen(text);
    for (size_t at = 0; at < length; at++)
        for (size_t i = 0; reached[at] && i < sizeof words / sizeof *words; i++)
            if (strncmp(text + at, words[i], strlen(words[i])) == 0)
                reached[at + strlen(words[i])] = true;
    return reached[length];
}

bool password_is_common(const char *password)
{
    char plain[LONGEST_COMPARED + 1];
    size_t length = 0, digits = 0;
    for (const char *p = password; *p && length < LONGEST_COMPARED; p++) {
        if ((unsigned char)*p >= 0x80)
            return false; /* a letter with an accent stands in none of them */
        if (isalnum((unsigned char)*p))
            plain[length++] = (char)tolower((unsigned char)*p);
    }
    plain[length] = 0;
    if (length < LONGEST_PIECE || repeats(plain) || is_of_a_row(plain))
        return true;
    while (digits < LONGEST_PIECE && digits < length && isdigit((unsigned char)plain[length - 1 - digits]))
        digits++;
    plain[length - digits] = 0;
    return is_of_words(plain) || repeats(plain) || is_of_a_row(plain);
}

bool pin_is_well_formed(const char *pin)
{
    size_t length = strlen(pin);
    return length >= SHORTEST_PIN && length <= LONGEST_PIN && strspn(pin, "0123456789") == length;
}

bool pin_is_trivial(const char *pin)
{
    bool seen[10] = {false};
    int different = 0;
    for (const char *p = pin; *p; p++) {
        different += !seen[*p - '0'];
        seen[*p - '0'] = true;
    }
    return different < FEWEST_DIGITS || repeats(pin) || is_of_a_row(pin);
}
