package import Foundation
import Synchronization

/// Google Calendar and Notion, over real HTTP on loopback.
///
/// Both live on one port, since their paths do not collide: `/token`, `/calendar/v3`, `/batch/calendar/v3` and `/v1`.
/// What they hold is a `World`; with a file, every change is in the file before its answer goes out.
package final class Emulator: Sendable {
    private struct State {
        var engine: Engine
        var log = RequestLog()
        var interventions: [Intervention] = []
        var observer: RequestObserver?
    }

    private let state: Mutex<State>
    private let file: String?
    private let now: @Sendable () -> Date

    /// - Parameters:
    ///   - file: where the world is kept; nil: in memory only.
    ///   - seed: of the choices that faults leave to chance.
    package init(
        world: World,
        file: String? = nil,
        seed: UInt64 = 1,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        var engine = Engine(world: world)
        engine.faults = FaultTable(seed: seed)
        state = Mutex(State(engine: engine))
        (self.file, self.now) = (file, now)
    }

    /// The emulator of a world that is kept in a file; where there is none yet, `initial` is written first.
    ///
    /// - Throws: an error of Foundation's where the file cannot be read or written, or holds no world.
    package static func load(
        file: String,
        initial: () throws -> World = World.sample,
        now: @escaping @Sendable () -> Date = { Date() }
    ) throws -> Emulator {
        if FileManager.default.fileExists(atPath: file) {
            return Emulator(world: try WorldFile.read(file), file: file, now: now)
        }
        let world = try initial()
        try WorldFile.write(world, to: file)
        return Emulator(world: world, file: file, now: now)
    }

    /// Looks at the world, or changes it as somebody with another client would.
    package func withWorld<Result: Sendable>(_ change: (inout World) throws -> Result) throws -> Result {
        try state.withLock { state in
            var world = state.engine.world
            let before = world.serial
            let result = try change(&world)
            world.serial += 1
            state.engine.world = world
            if let file, world.serial != before { try WorldFile.write(world, to: file) }
            return result
        }
    }

    /// How the services behave beyond what the world says.
    package var settings: EmulatorSettings {
        get { state.withLock { $0.engine.settings } }
        set { state.withLock { $0.engine.settings = newValue } }
    }

    /// What was asked since the start or the last reset.
    package var requests: RequestLog { state.withLock { $0.log } }

    package func resetRequests() { state.withLock { $0.log = RequestLog() } }

    package func add(_ fault: Fault) { state.withLock { $0.engine.faults.add(fault) } }

    /// Runs an action once, just before the next request with this method, and a path that begins so, is looked at.
    package func beforeNext(_ method: String, _ path: String, _ action: @escaping @Sendable (Emulator) -> Void) {
        state.withLock { $0.interventions.append(Intervention(method: method, path: path, action: action)) }
    }

    /// How many requests went wrong because of faults, removed ones included.
    package var strikes: Int { state.withLock { $0.engine.faults.strikes } }

    package func removeFaults() { state.withLock { $0.engine.faults.removeAll() } }

    /// Lets a test see every request before and after it is carried out, and keep its answer back.
    package func observe(_ observer: RequestObserver?) { state.withLock { $0.observer = observer } }

    /// Makes every access token that was handed out invalid at once.
    package func revokeTokens() { state.withLock { $0.engine.tokens = [:] } }

    /// Answers every sync token of a calendar with 410 from now on.
    package func expireSyncTokens(of calendar: String) {
        state.withLock { $0.engine.world.google.calendars[calendar]?.syncEpoch += 1 }
    }

    func address(baseURL: String) -> EmulatorAddress {
        state.withLock { EmulatorAddress(baseURL: baseURL, world: $0.engine.world) }
    }

    func listen(at address: String) { state.withLock { $0.engine.address = address } }

    /// Decides what becomes of a request, and carries it out unless a fault forbids it.
    func handle(_ call: Call) -> (answer: Answer, fault: Fault.Action?) {
        guard let service = Service(path: call.path) else {
            return (.json(["error": "no such path"], status: 404), nil)
        }
        // Outside the lock: they look at the world themselves.
        for intervention in state.withLock({ $0.interventions.removeAll(setOffBy: call) }) { intervention.action(self) }
        let time = Int(now().timeIntervalSince1970 * 1000)
        if service == .control {
            return state.withLock { state in
                state.engine.now = time
                return (Self.control(call, &state.engine, &state.log), nil)
            }
        }
        // Outside the lock: an observer may look at the world.
        let observer = state.withLock(\.observer)
        if observer?(.before) == .silence { return (Answer(status: 0), .hang) }
        let (answer, fault) = carryOut(call, service, at: time)
        return observer?(.after) == .silence ? (answer, .hang) : (answer, fault)
    }

    private func carryOut(_ call: Call, _ service: Service, at time: Int) -> (answer: Answer, fault: Fault.Action?) {
        state.withLock { state in
            let fault = state.engine.faults.action(for: call, api: service.api)
            let serial = state.engine.world.serial
            var answer = Self.substitute(fault, api: service.api) ?? state.engine.respond(to: call, now: time)
            if let file, state.engine.world.serial != serial {
                do { try WorldFile.write(state.engine.world, to: file) } catch {
                    answer = .json(["error": "The world file could not be written."], status: 500)
                }
            }
            if case .misreport(let status, let body) = fault {
                answer = .fault(api: service.api, status: status, body: body, headers: nil)
            }
            if case .malformedBody = fault { answer.body = Array(answer.body.dropLast(max(1, answer.body.count / 3))) }
            if state.engine.settings.compresses { answer.compress(for: call) }
            state.log.add(call, service.api, status: answer.status, batched: state.engine.batched)
            state.engine.batched = []
            return (answer, fault)
        }
    }

    /// The answer of a fault that keeps the request from being carried out.
    private static func substitute(_ fault: Fault.Action?, api: String) -> Answer? {
        switch fault {
        case .respond(let status, let body, let headers): .fault(api: api, status: status, body: body, headers: headers)
        case .errorPage(let status): .page(status: status)
        case .hang, .resetBefore: Answer(status: 0)
        case nil, .delay, .resetAfter, .truncate, .malformedBody, .misreport, .drip: nil
        }
    }
}

extension Answer {
    /// Packs the body where the client accepts that.
    fileprivate mutating func compress(for call: Call) {
        guard !body.isEmpty, call.headers["accept-encoding"]?.contains("gzip") == true else { return }
        body = Gzip.stored(body)
        headers["Content-Encoding"] = "gzip"
    }
}

extension RequestLog {
    fileprivate mutating func add(_ call: Call, _ api: String, status: Int, batched: [BatchedCall]) {
        add(
            Entry(
                api: api,
                method: call.method,
                route: RouteName.of(call),
                status: status,
                isBatched: false,
                isWrite: RouteName.isWrite(call)
            )
        )
        for inner in batched {
            add(
                Entry(
                    api: api,
                    method: inner.method,
                    route: inner.route,
                    status: inner.status,
                    isBatched: true,
                    isWrite: inner.method != "GET"
                )
            )
        }
    }
}
