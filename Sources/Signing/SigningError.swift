/// Why a key could not be read or used. Never carries a byte of a key or a message.
package enum SigningError: Error, Equatable, Sendable {
    /// The text is no usable key; `reason` says what it lacks, in words for people.
    case invalidKey(reason: String)
    /// libcrypto refused an operation that should not fail, such as for want of memory.
    case failed(operation: String)
}
