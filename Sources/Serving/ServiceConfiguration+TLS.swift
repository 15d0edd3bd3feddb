import Foundation
import HummingbirdCore
import HummingbirdTLS
import NIOSSL
import ReconcileModel

extension ServiceConfiguration.TLSFiles {
    /// The server behind TLS.
    ///
    /// - Throws: where a file cannot be read or used, and where the key is not that of the certificate: now, and not at
    ///   every connection.
    func secured(_ server: HTTPServerBuilder) throws(Failure) -> HTTPServerBuilder {
        let configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try chain().map { .certificate($0) },
            privateKey: .privateKey(try privateKey())
        )
        do {
            _ = try NIOSSLContext(configuration: configuration)
            return try .tls(server, tlsConfiguration: configuration)
        } catch {
            throw Self.unusable(
                "The key \(key) does not belong to the certificate \(certificate).",
                "The first certificate of the file must be the service's own; those that vouch for it come after it."
            )
        }
    }

    private func chain() throws(Failure) -> [NIOSSLCertificate] {
        let bytes = try Self.read(certificate, "certificate")
        guard let chain = try? NIOSSLCertificate.fromPEMBytes(bytes), !chain.isEmpty else {
            throw Self.unusable(
                "The file \(certificate) holds no certificate that can be used.",
                "Give a PEM file: the service's certificate, and after it those that vouch for it."
            )
        }
        return chain
    }

    private func privateKey() throws(Failure) -> NIOSSLPrivateKey {
        let bytes = try Self.read(key, "key")
        if let key = try? NIOSSLPrivateKey(bytes: bytes, format: .pem) { return key }
        guard String(decoding: bytes, as: UTF8.self).contains("ENCRYPTED") else {
            throw Self.unusable(
                "The file \(key) holds no key that can be used.",
                "Give the certificate's key as a PEM file."
            )
        }
        throw Self.unusable(
            "The key \(key) is locked with a password.",
            "Write it without one to a file that only the service may read: openssl pkey -in <key> -out <file>"
        )
    }

    private static func read(_ path: String, _ kind: String) throws(Failure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path, kind, errno) }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do { return Array(try file.readToEnd() ?? Data()) } catch { throw unreadable(path, kind, EIO) }
    }

    private static func unreadable(_ path: String, _ kind: String, _ code: CInt) -> Failure {
        unusable(
            "The \(kind) \(path) cannot be read: \(String(cString: strerror(code))).",
            "Check the path and who may read the file."
        )
    }

    private static func unusable(_ message: String, _ hint: String) -> Failure {
        Failure(code: "certificate_unusable", message: message, hint: hint)
    }
}
