import Foundation
import Signing

/// The `id_token` that the token endpoint gives for a scope it does not know; its signature is a dummy.
enum IdentityToken {
    static func unsigned(_ claims: JSONValue) -> String {
        let header = Base64URL.encode(Data(#"{"alg":"RS256","kid":"emulator","typ":"JWT"}"#.utf8))
        return "\(header).\(Base64URL.encode(Data(claims.text.utf8))).ZW11bGF0b3I"
    }
}
