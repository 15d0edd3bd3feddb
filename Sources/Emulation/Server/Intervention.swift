/// Somebody who is quicker: what happens just before the emulator looks at a request.
///
/// What a run read has then changed before the run writes.
struct Intervention: Sendable {
    let method: String
    let path: String
    let action: @Sendable (Emulator) -> Void
}

extension [Intervention] {
    /// Takes out those that the request sets off; each acts once.
    mutating func removeAll(setOffBy call: Call) -> [Intervention] {
        let struck = filter { $0.method == call.method && call.rawPath.hasPrefix($0.path) }
        removeAll { $0.method == call.method && call.rawPath.hasPrefix($0.path) }
        return struck
    }
}
