#ifndef COPENSSL_SHIM_H
#define COPENSSL_SHIM_H

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>

// BIO_get_mem_data is a macro around BIO_ctrl with casts that Swift cannot follow.
static inline long copenssl_bio_contents(BIO *bio, char **contents) {
    return BIO_get_mem_data(bio, contents);
}

#endif
