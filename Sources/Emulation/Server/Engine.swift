/// The services themselves: a world and what is known about its clients; one request at a time, without I/O.
struct Engine: Sendable {
    var world: World
    var settings = EmulatorSettings()
    /// Where the emulator listens, such as `http://127.0.0.1:8080`.
    var address = ""
    /// Milliseconds since 1970, as of the request at hand.
    var now = 0
    /// Access tokens by their text.
    var tokens: [String: AccessToken] = [:]
    /// How many more requests a calendar that was just made refuses.
    var freshCalendars: [String: Int] = [:]
    var googleQuota = QuotaWindow()
    var notionQuota = QuotaWindow()
    var queries = QueryCache()
    /// Calls that a batch carried, of the request at hand.
    var batched: [BatchedCall] = []
    /// Rules for calls inside a batch; those for requests are applied by the server.
    var faults = FaultTable()

    init(world: World) { self.world = world }

    /// Carries a request out.
    mutating func respond(to call: Call, now: Int) -> Answer {
        self.now = now
        batched = []
        do throws(Refusal) {
            switch Service(path: call.path) {
            case .token: return try answerToken(call)
            case .batch: return try answerBatch(call)
            case .calendar: return try answerCalendar(call)
            case .notion: return try answerNotion(call)
            case .control, nil: return .json(["error": "no such path"], status: 404)
            }
        } catch {
            return error.answer
        }
    }

    /// A new text that nobody can guess from another.
    mutating func makeToken(prefix: String) -> String { prefix + world.identifiers.hex(digits: 48) }

    private mutating func answerToken(_ call: Call) throws(Refusal) -> Answer {
        guard call.method == "POST" else { throw .oauth("invalid_request", "Bad Request") }
        let endpoint = TokenEndpoint(
            world: world.google,
            now: now / 1000,
            lifetime: settings.tokenLifetime,
            address: "\(address)/token"
        )
        switch try endpoint.grant(call) {
        case .access(let token):
            let text = makeToken(prefix: "ya29.c.")
            tokens[text] = token
            let body: JSONValue = [
                "access_token": .string(text), "expires_in": .int(settings.tokenLifetime), "token_type": "Bearer",
            ]
            return .json(body, indent: 2)
        case .identity(let email, let audience):
            let claims: JSONValue = [
                "iss": "https://accounts.google.com", "email": .string(email), "aud": .string(audience),
            ]
            return .json(["id_token": .string(IdentityToken.unsigned(claims))], indent: 2)
        }
    }
}

/// Which of the services a path belongs to.
enum Service: String {
    case token, batch, calendar, notion, control

    init?(path: [String]) {
        switch path.first {
        case "token": self = .token
        case "batch" where path.dropFirst().starts(with: ["calendar", "v3"]): self = .batch
        case "calendar" where path.dropFirst().first == "v3": self = .calendar
        case "v1": self = .notion
        case "_emulator": self = .control
        default: return nil
        }
    }

    /// The name under which requests are counted and faults are matched.
    var api: String {
        switch self {
        case .token: "token"
        case .batch, .calendar: "google"
        case .notion: "notion"
        case .control: "control"
        }
    }
}
