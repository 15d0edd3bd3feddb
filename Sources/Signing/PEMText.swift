import COpenSSL
import Foundation

/// Reads and writes keys as PEM (RFC 7468).
enum PEMText {
    /// What a PEM text can hold of a key.
    enum Kind: String {
        case privateKey = "private key"
        case publicKey = "public key"
    }

    static func key(_ kind: Kind, in text: String) throws(SigningError) -> KeyHandle {
        // Keys kept in environment variables and JSON often have their line ends written out as "\n".
        var text = text.replacingOccurrences(of: "\\r", with: "").replacingOccurrences(of: "\\n", with: "\n")
        guard text.contains("-----BEGIN ") else { throw .invalidKey(reason: "it is not PEM text (no BEGIN line)") }
        guard !text.contains("ENCRYPTED") else { throw .invalidKey(reason: "it is protected by a passphrase") }
        let pointer = text.withUTF8 { bytes in read(kind, from: bytes) }
        // What libcrypto has to say about damaged keys stays in the thread's error queue unless it is taken out.
        ERR_clear_error()
        guard let pointer else { throw .invalidKey(reason: "it is damaged, or not a \(kind.rawValue)") }
        let key = KeyHandle(owning: pointer)
        guard key.isRSA else { throw .invalidKey(reason: "it is not an RSA key") }
        return key
    }

    static func text(_ kind: Kind, of key: KeyHandle) throws(SigningError) -> String {
        let buffer = try OutputBuffer()
        let written =
            switch kind {
            case .privateKey: PEM_write_bio_PKCS8PrivateKey(buffer.pointer, key.pointer, nil, nil, 0, nil, nil)
            case .publicKey: PEM_write_bio_PUBKEY(buffer.pointer, key.pointer)
            }
        guard written == 1, let text = buffer.text else {
            ERR_clear_error()
            throw .failed(operation: "write a \(kind.rawValue) as PEM")
        }
        return text
    }

    private static func read(_ kind: Kind, from bytes: UnsafeBufferPointer<UInt8>) -> OpaquePointer? {
        guard let buffer = InputBuffer(bytes) else { return nil }
        // Without a callback libcrypto would ask for a passphrase on the terminal.
        return switch kind {
        case .privateKey: PEM_read_bio_PrivateKey(buffer.pointer, nil, { _, _, _, _ in -1 }, nil)
        case .publicKey: PEM_read_bio_PUBKEY(buffer.pointer, nil, { _, _, _, _ in -1 }, nil)
        }
    }
}

/// Owns a `BIO` that reads bytes where they are; must not outlive them.
private struct InputBuffer: ~Copyable {
    let pointer: OpaquePointer

    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let length = Int32(exactly: bytes.count), let pointer = BIO_new_mem_buf(bytes.baseAddress, length) else {
            return nil
        }
        self.pointer = pointer
    }

    deinit { BIO_free_all(pointer) }
}

/// Owns a `BIO` that collects what is written to it; its memory is wiped when freed, for it may hold a private key.
private struct OutputBuffer: ~Copyable {
    let pointer: OpaquePointer

    init() throws(SigningError) {
        guard let pointer = BIO_new(BIO_s_secmem()) else { throw .failed(operation: "allocate a buffer") }
        self.pointer = pointer
    }

    deinit { BIO_free_all(pointer) }

    var text: String? {
        var contents: UnsafeMutablePointer<CChar>?
        let length = copenssl_bio_contents(pointer, &contents)
        guard length > 0, let contents else { return nil }
        return String(decoding: UnsafeRawBufferPointer(start: contents, count: length), as: UTF8.self)
    }
}
