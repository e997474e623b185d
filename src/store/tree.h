#ifndef MAGISTRAL_STORE_TREE_H
#define MAGISTRAL_STORE_TREE_H

#include <stdbool.h>
#include <stdint.h>

/* The hash tree of RFC 9162 2.1 over the journal's entries: leaf = SHA-256(0x00 || bytes), node = SHA-256(0x01 || left
 * || right), split at the largest power of two below the size. Kept as the peaks of its complete subtrees: the bit L
 * of `size` is set when peaks[L] is in use. */
enum { TREE_HASH = 32, TREE_LEVELS = 63 };

typedef struct tree {
    uint64_t size;
    unsigned char peaks[TREE_LEVELS][TREE_HASH];
} tree;

/* Told of every complete inner node as it arises, level 1 above the leaves. Returns false to stop. */
typedef bool (*tree_node)(void *context, int level, uint64_t position, const unsigned char hash[TREE_HASH]);

/* The hash of a leaf with these bytes. */
void tree_leaf(const void *bytes, uint64_t length, unsigned char ret_hash[TREE_HASH]);

/* Adds a leaf; false when `node` stopped it. */
bool tree_add(tree *tree, const unsigned char leaf[TREE_HASH], tree_node node, void *context);

/* The head of the tree. */
void tree_head(const tree *tree, unsigned char ret_head[TREE_HASH]);

#endif
