import COpenSSL

/// Owns one `EVP_PKEY`.
///
/// Unchecked because the compiler cannot see that libcrypto lets threads share a key that nobody changes any more; each
/// signature has a context of its own.
final class KeyHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Takes over the caller's reference.
    init(owning pointer: OpaquePointer) { self.pointer = pointer }

    deinit { EVP_PKEY_free(pointer) }

    var isRSA: Bool { EVP_PKEY_is_a(pointer, "RSA") == 1 }
}

/// Owns one `EVP_MD_CTX`, the state of a signature that is being made or checked.
struct DigestContext: ~Copyable {
    let pointer: OpaquePointer

    init() throws(SigningError) {
        guard let pointer = EVP_MD_CTX_new() else { throw .failed(operation: "allocate a digest context") }
        self.pointer = pointer
    }

    deinit { EVP_MD_CTX_free(pointer) }
}

/// Owns one `EVP_PKEY_CTX` that makes RSA keys.
struct RSAGenerator: ~Copyable {
    private let pointer: OpaquePointer

    init() throws(SigningError) {
        guard let pointer = EVP_PKEY_CTX_new_from_name(nil, "RSA", nil) else {
            throw .failed(operation: "allocate a key generator")
        }
        self.pointer = pointer
    }

    deinit { EVP_PKEY_CTX_free(pointer) }

    func key(bits: Int) throws(SigningError) -> KeyHandle {
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(pointer) == 1,
            EVP_PKEY_CTX_set_rsa_keygen_bits(pointer, Int32(clamping: bits)) == 1,
            EVP_PKEY_generate(pointer, &key) == 1, let key
        else {
            ERR_clear_error()
            throw .failed(operation: "generate an RSA key of \(bits) bits")
        }
        return KeyHandle(owning: key)
    }
}
