"""The texts of the benchmark's documents, for the rivals that are written in Python."""

ADDRESS = '12 rue de l’Hôpital, 69000 Lyon – 04 00 00 00 00'


def url(kind, i):
    return f'HTTPS://PUI.CHU-EXEMPLE.FR/{kind}/MAG-2026-{i:06d}/KR7TLM2KP4NS8WV1YC3JD5HF6GGT'


def label(i):
    """Twelve texts as (bold, size, text)."""
    return [
        (1, 7, 'CHU Exemple – Pharmacie à usage intérieur'),
        (1, 9, f'Hydrocortisone {5 + i % 20} mg gélule'),
        (0, 6.5, f'Patient : MARTIN-DÉSIRÉ Élodie n° {1000000 + i:07d}'),
        (0, 6.5, f'Né(e) le {1 + i % 28:02d}/{1 + i % 12:02d}/19{i % 100:02d} – Service : Pédiatrie'),
        (1, 7, f'Lot : MAG-2026-{i:06d}'),
        (0, 6.5, 'Fabriqué le 12/03/2026 – Péremption 11/06/2026'),
        (0, 6.5, f'Quantité : {30 + i % 60} gélules'),
        (0, 6.5, 'Voie orale – 1 gélule matin et soir'),
        (0, 6, 'Excipient à effet notoire : lactose (≤ 150 mg)'),
        (0, 6, 'À conserver entre 15 °C et 25 °C, à l’abri'),
        (1, 6.5, 'Liste I – Uniquement sur ordonnance'),
        (0, 5, ADDRESS),
    ]


def certificate(i):
    """Two tables, each with its head."""
    controls = [['Essai', 'Spécification', 'Résultat', 'Conforme']] + [
        [f'Uniformité de masse n° {r + 1}', f'≥ {90 + r % 5},0 % et ≤ {105 + r % 3},0 %',
         f'{95 + r % 9},{r % 10} mg ± 2 µg', 'Oui'] for r in range(20)]
    materials = [['N°', 'Matière première', 'Lot fournisseur', 'Quantité', 'Péremption']] + [
        [str(r + 1), f'Cellulose microcristalline {r + 1}', f'FR-{100000 + i * 20 + r}', f'{r + 1},{i % 1000:03d} g',
         '31/12/2027'] for r in range(20)]
    return controls, materials


SIGNATURE = ['Libéré par : Dr Anne-Cécile Lefèvre, pharmacien', 'Le 12/03/2026 à 14 h 32 – signature électronique :',
             'ed25519:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08']
