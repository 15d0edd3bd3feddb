import Foundation

/// `/_emulator/…`: what tests and people in front of `reconcile sandbox` steer the emulator with.
extension Emulator {
    static func control(_ call: Call, _ engine: inout Engine, _ log: inout RequestLog) -> Answer {
        switch (call.method, call.path.dropFirst().first ?? "") {
        case ("GET", "requests"): return .json(log.summary, indent: 2)
        case ("POST", "reset-counts"):
            log = RequestLog()
            return .noContent
        case ("POST", "faults"):
            guard let faults = decodeList(Fault.self, call.body) else { return unreadable }
            for fault in faults { engine.faults.add(fault) }
            return .noContent
        case ("DELETE", "faults"):
            engine.faults.removeAll()
            return .noContent
        case ("GET", "settings"): return encoded(engine.settings)
        case ("PUT", "settings"):
            guard let settings = try? JSONDecoder().decode(EmulatorSettings.self, from: Data(call.body)) else {
                return unreadable
            }
            engine.settings = settings
            return .noContent
        case ("POST", "access-token"): return .json(["access_token": .string(engine.grantForPeople())], indent: 2)
        case ("GET", "world"): return encoded(engine.world.withoutSecrets)
        default: return .json(["error": "no such path"], status: 404)
        }
    }

    private static let unreadable = Answer.json(["error": "the body is not what this path takes"], status: 400)

    private static func encoded(_ value: some Encodable) -> Answer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else { return .json(["error": "not writable"], status: 500) }
        return Answer(status: 200, headers: ["Content-Type": "application/json; charset=UTF-8"], body: Array(data))
    }

    /// One value or an array of them.
    private static func decodeList<Value: Decodable>(_ type: Value.Type, _ body: [UInt8]) -> [Value]? {
        let data = Data(body)
        if let list = try? JSONDecoder().decode([Value].self, from: data) { return list }
        return (try? JSONDecoder().decode(Value.self, from: data)).map { [$0] }
    }
}

extension Engine {
    /// A token of the service account for people with curl, who cannot sign an assertion by hand.
    fileprivate mutating func grantForPeople() -> String {
        let text = makeToken(prefix: "ya29.c.")
        tokens[text] = AccessToken(
            email: World.serviceAccount,
            isImpersonated: false,
            scopes: ["https://www.googleapis.com/auth/calendar"],
            expires: now / 1000 + settings.tokenLifetime
        )
        return text
    }
}

extension World {
    /// The world without private keys, for showing.
    var withoutSecrets: World {
        var world = self
        for email in world.google.accounts.keys { world.google.accounts[email]?.key?.privateKey = "" }
        return world
    }
}
