#include "tree.h"

#include <string.h>

#include "magistral/base/digest.h"
#include "magistral/base/text.h"

void tree_leaf(const void *bytes, uint64_t length, unsigned char ret_hash[TREE_HASH])
{
    BUFFER_SCOPE buffer prefixed = BUFFER_EMPTY;
    buffer_add_byte(&prefixed, 0);
    buffer_add(&prefixed, bytes, (size_t)length);
    digest_sha256(prefixed.bytes, prefixed.length, ret_hash);
}

static void join(const unsigned char left[TREE_HASH], const unsigned char right[TREE_HASH], unsigned char ret_hash[TREE_HASH])
{
    unsigned char both[1 + 2 * TREE_HASH];
    both[0] = 1;
    memcpy(both + 1, left, TREE_HASH);
    memcpy(both + 1 + TREE_HASH, right, TREE_HASH);
    digest_sha256(both, sizeof both, ret_hash);
}

bool tree_add(tree *tree, const unsigned char leaf[TREE_HASH], tree_node node, void *context)
{
    unsigned char hash[TREE_HASH];
    memcpy(hash, leaf, TREE_HASH);
    int level = 0;
    for (; tree->size >> level & 1; level++) {
        join(tree->peaks[level], hash, hash);
        if (!node(context, level + 1, tree->size >> (level + 1), hash))
            return false;
    }
    memcpy(tree->peaks[level], hash, TREE_HASH);
    tree->size++;
    return true;
}

void tree_head(const tree *tree, unsigned char ret_head[TREE_HASH])
{
    if (tree->size == 0) {
        digest_sha256("", 0, ret_head);
        return;
    }
    bool started = false;
    for (int level = 0; level < TREE_LEVELS; level++) {
        if (!(tree->size >> level & 1))
            continue;
        if (started)
            join(tree->peaks[level], ret_head, ret_head);
        else
            memcpy(ret_head, tree->peaks[level], TREE_HASH);
        started = true;
    }
}
