/// Tells long texts apart in few characters, the same on every machine: FNV-1a of 64 bits. Nobody is kept from making two texts alike.
///
/// <https://datatracker.ietf.org/doc/html/rfc9923>
package struct TextFingerprint: CustomStringConvertible {
    private let value: UInt64

    package init(_ text: String) {
        value = text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }

    /// 16 hexadecimal digits.
    package var description: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
