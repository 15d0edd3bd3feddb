import Foundation
import NIOCore
import Signing

/// A body as it goes out: plain and compressed, each with an entity tag of its own (RFC 9110, 8.8.3).
struct RenderedBody: Sendable {
    let contentType: String
    let plain: ByteBuffer
    /// Nil where compressing saves nothing.
    let compressed: ByteBuffer?
    let tag: String
    let compressedTag: String

    init(_ bytes: [UInt8], contentType: String) {
        self.contentType = contentType
        plain = ByteBuffer(bytes: bytes)
        let packed = bytes.count < Self.worthCompressing ? nil : Gzip.compressed(bytes)
        compressed = packed.flatMap { $0.count < bytes.count ? ByteBuffer(bytes: $0) : nil }
        let digest = Digest.hex(Digest.sha256(Data(bytes))).prefix(32)
        (tag, compressedTag) = ("\"\(digest)\"", "\"\(digest)-gzip\"")
    }

    /// In bytes: what fits into one packet anyway goes out as it is.
    private static let worthCompressing = 1024
}
