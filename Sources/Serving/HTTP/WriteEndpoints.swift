import Foundation
import HTTPTypes
import Hummingbird
import JSON
import ReconcileModel
import Reconciling

/// What only those who know the token may ask for, and what Notion tells.
struct WriteEndpoints: Sendable {
    let reconciler: LiveReconciler
    let declarations: Declarations
    let coordinator: SyncCoordinator
    let directory: OrganizationDirectory
    let authorization: Authorization
    let limiter: WriteLimiter
    let webhook: WebhookReceiver
    /// Whether the service is to end.
    let isStopping: @Sendable () -> Bool

    /// How many bytes of a request's body are needed to answer it; 0: none.
    func bodyLimit(_ route: Route, _ fields: HTTPFields) -> Int {
        route == .notionWebhook ? webhook.bodyLimit(fields) : 0
    }

    /// - Parameter body: reads the request's body up to so many bytes; called only where it is needed, and after all that can
    ///   be refused without it.
    func answer(
        _ route: Route,
        _ fields: HTTPFields,
        client: String,
        body: (Int) async throws(APIError) -> Data
    ) async throws(APIError) -> Response {
        switch route {
        case .notionWebhook:
            let limit = webhook.bodyLimit(fields)
            let body = limit > 0 ? try await body(limit) : Data()
            return answer(webhook.answer(fields, body, client: client))
        case .legacyDeleteAll: throw .organizationNeeded("/api/calendar/{prefix}/sync")
        case .sync, .setup, .syncAll, .legacyWebhook: break
        case .events, .feed, .legacyEvents, .health, .readiness, .metrics, .openAPI, .page:
            throw .methodNotAllowed(route)
        }
        do throws(APIError) { try authorization.check(fields) } catch {
            // Those who guess have an allowance of their own: behind a proxy all clients have one address.
            try limiter.pass("guesses of \(client)")
            throw error
        }
        try limiter.pass(client)
        switch route {
        case .sync(let prefix): return try await sync(try writable(prefix))
        case .setup(let prefix): return try await setUp(try writable(prefix))
        default: return try await syncAll()
        }
    }

    private func answer(_ answer: WebhookAnswer) -> Response {
        let document: JSON = [
            "status": answer.status < 400 ? "success" : "error", "message": .string(answer.message),
        ]
        return .json(document, status: HTTPResponse.Status(code: answer.status))
    }

    /// - Throws: what keeps the organization from being written to.
    private func writable(_ prefix: String) throws(APIError) -> Organization {
        let organization = try declarations.active(prefix, directory)
        // First: without a database there is nothing to enable.
        guard organization.notion != nil else { throw .unconfigured(organization) }
        guard organization.isSyncEnabled else {
            throw APIError(.forbidden, "Synchronization of \(prefix) is not enabled.")
        }
        try checkKey()
        return organization
    }

    private func checkKey() throws(APIError) {
        guard let problem = reconciler.publicKeyProblem else { return }
        throw APIError(.serviceUnavailable, problem)
    }

    // MARK: - One organization

    private func sync(_ organization: Organization) async throws(APIError) -> Response {
        let id = try await id(of: organization)
        let synced: SyncedOrganization?
        do throws(Failure) {
            synced = try await coordinator.sync([organization.prefix], .sync).get().first
        } catch {
            throw .notSynchronized(error, organization.prefix)
        }
        guard let synced else { throw APIError(.notFound, "There is no organization of this name any more.") }
        return try answer(synced, id)
    }

    private func answer(_ synced: SyncedOrganization, _ id: Int64) throws(APIError) -> Response {
        var document = SyncDocument(synced, organization: id)
        if synced.wasCut, isStopping() {
            var error = APIError.stopped
            error.done = document
            throw error
        }
        switch synced.report.plan.status {
        case .skipped, .orphaned:
            // It may have been disabled while it waited for its turn.
            _ = try writable(synced.prefix)
            throw APIError(.conflict, "\(synced.prefix) is on hold until somebody releases it.")
        case .blocked:
            document.hold(synced)
            return .json(document, status: .conflict)
        case .changes, .noChanges, .error: break
        }
        guard let problem = synced.problem else { return .json(document) }
        // It may have been disabled during the run.
        _ = try writable(synced.prefix)
        var error = APIError.notSynchronized(Failure(code: "sync_incomplete", message: problem), synced.prefix)
        error.done = document
        throw error
    }

    private func setUp(_ organization: Organization) async throws(APIError) -> Response {
        let id = try await id(of: organization)
        let calendar: CalendarID
        do throws(Failure) { calendar = try await self.calendar(of: organization) } catch {
            if error.refusal == .disabled { _ = try writable(organization.prefix) }
            throw .notSetUp(error, organization.prefix)
        }
        let document = SetupDocument(
            message: "Calendar set up for organization \(organization.prefix)",
            calendar_id: calendar.rawValue,
            organization_id: id
        )
        return .json(document)
    }

    private func calendar(of organization: Organization) async throws(Failure) -> CalendarID {
        if let known = try await reconciler.calendar(of: organization) { return known }
        return try await coordinator.betweenRuns { [reconciler, declarations] () async throws(Failure) in
            // As it is declared by now: the run before may have taken minutes.
            guard let declared = declarations[organization.prefix], declarations.isEnabled(organization.prefix) else {
                throw Failure(.disabled, message: "\(organization.prefix) was disabled in the meantime.")
            }
            return try await reconciler.setUp(declared)
        }
    }

    private func id(of organization: Organization) async throws(APIError) -> Int64 {
        do throws(Failure) { return try await directory.id(of: organization) } catch { throw .unavailable(error) }
    }

    // MARK: - All organizations

    private func syncAll() async throws(APIError) -> Response {
        try checkKey()
        let prefixes = declarations.organizations.filter(\.isEnabled).map(\.prefix)
        let synced: [SyncedOrganization]
        do throws(Failure) { synced = try await coordinator.sync(prefixes, .sync).get() } catch {
            throw .notSynchronized(error, "the organizations")
        }
        let byPrefix = Dictionary(synced.map { ($0.prefix, $0) }) { first, _ in first }
        var results: [SyncAllDocument.OrganizationResult] = []
        // As they are declared by now: what was disabled while it waited is no longer on any other list.
        for organization in declarations.organizations {
            results.append(
                SyncAllDocument.OrganizationResult(
                    organization,
                    id: try await id(of: organization),
                    byPrefix[organization.prefix]
                )
            )
        }
        let document = SyncAllDocument(results)
        if synced.contains(where: \.wasCut), isStopping() {
            return .json(document, status: .serviceUnavailable, headers: APIError.stopping.headers)
        }
        return .json(document, status: Self.status(of: document, synced))
    }
}

extension WriteEndpoints {
    /// Where nothing succeeded: a conflict if safety rules alone were in the way.
    private static func status(of document: SyncAllDocument, _ synced: [SyncedOrganization]) -> HTTPResponse.Status {
        guard document.status == "failed" else { return .ok }
        let failed = synced.filter { !$0.report.isSuccess && !$0.report.plan.isLeftAlone }
        return failed.allSatisfy { $0.report.plan.status == .blocked } ? .conflict : .badGateway
    }
}

extension SyncAllDocument {
    init(_ results: [OrganizationResult]) {
        let processed = results.count { $0.status == .success }
        let failed = results.count { $0.status == .failed }
        let held = results.compactMap(\.held).sorted()
        status = Self.status(processed: processed, failed: failed, held: held.count)
        message = Self.message(processed: processed, failed: failed, held: held)
        total_organizations = results.count
        organizations_processed = processed
        organizations_failed = failed
        organizations_skipped = results.count - processed - failed
        organizations_on_hold = held.count
        organization_results = results
    }

    private static func status(processed: Int, failed: Int, held: Int) -> String {
        if failed > 0 { return processed == 0 ? "failed" : "partial_success" }
        return processed == 0 && held > 0 ? "skipped" : "success"
    }

    private static func message(processed: Int, failed: Int, held: [String]) -> String {
        let tried = processed + failed
        var message = tried == 0 ? "Nothing was synchronized." : "Synchronized: \(processed) of \(tried)."
        if !held.isEmpty { message += " On hold, and not synchronized: \(held.joined(separator: ", "))." }
        return message
    }
}

extension SyncAllDocument.OrganizationResult {
    /// - Parameter synced: nil where nothing was to be done.
    init(_ organization: Organization, id: Int64, _ synced: SyncedOrganization?) {
        let events = synced?.processed.count ?? 0
        let isHeld = synced?.report.plan.status == .skipped && organization.isEnabled
        let (status, message): (Status, String) =
            if let synced, !synced.report.plan.isLeftAlone {
                if synced.report.isSuccess {
                    (.success, "Synced \(events) events for organization \(id)")
                } else if synced.report.plan.status == .blocked {
                    (.failed, "A safety rule holds back \(synced.blockedChanges).")
                } else {
                    (.failed, "Not everything could be synchronized; the log of the service tells why.")
                }
            } else if !organization.isActive {
                (.skipped, "The organization is not active.")
            } else if !organization.isSyncEnabled {
                (.skipped, "Synchronization is not enabled.")
            } else if isHeld {
                (.skipped, "The organization is on hold.")
            } else {
                (.skipped, "The organization was enabled after the run had begun.")
            }
        self.init(
            held: isHeld ? organization.prefix : nil,
            organization_id: id,
            organization_name: organization.name,
            status: status,
            message: message,
            events_processed: events,
            warnings: SyncWarning.list(synced?.report.plan.warnings ?? [])
        )
    }
}

extension APIError {
    fileprivate static let stopping = APIError(
        .serviceUnavailable,
        "The service is stopping; try again.",
        headers: [.retryAfter: "10"]
    )

    /// The end of the service came between.
    fileprivate static let stopped = APIError(
        .serviceUnavailable,
        "The service is stopping; what was done until then is listed. Try again for the rest.",
        headers: [.retryAfter: "10"]
    )

    /// - Parameter subject: what was to be synchronized.
    static func notSynchronized(_ failure: Failure, _ subject: String) -> APIError {
        switch failure.refusal {
        case .leftAlone, .heldBack:
            APIError(.conflict, "\(subject) is on hold, or a safety rule holds something back.")
        case .locked:
            APIError(
                .serviceUnavailable,
                "Another run is under way; try again when it has ended.",
                headers: [.retryAfter: "30"]
            )
        case .stopping, .cancelled: .stopping
        case .accountChanged:
            APIError(
                .conflict,
                "The Google account is another one than before; a maintainer has to allow that.",
                cause: failure
            )
        case .noKey, .disabled, nil:
            APIError(.badGateway, "\(subject) could not be synchronized; what was done is recorded.", cause: failure)
        }
    }
}
