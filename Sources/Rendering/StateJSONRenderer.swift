import JSON
package import ReconcileModel

/// What a state file holds as JSON documents for programs, in the manner of `JSONRenderer`.
package struct StateJSONRenderer: Sendable {
    package init() {}

    /// - Parameter path: of the state file, which need not exist: then `contents` is nil.
    package func list(_ contents: StateContents?, path: String) -> String {
        document([
            "state": meta(contents, path),
            "organizations": .array(
                (contents?.organizations ?? []).map { .object(summary($0, contents?.links[$0.prefix] ?? [])) }
            ),
        ])
    }

    package func show(_ organization: OrganizationRecord, _ links: [StoredLink]) -> String {
        document(["organization": whole(organization, links)])
    }

    package func show(_ link: StoredLink) -> String { document(["link": node(link)]) }

    package func export(_ contents: StateContents?, path: String) -> String {
        document([
            "state": meta(contents, path),
            "organizations": .array(
                (contents?.organizations ?? []).map { whole($0, contents?.links[$0.prefix] ?? []) }
            ),
            "runs": .array((contents?.runs ?? []).map(node)),
            "journal": .array((contents?.journal ?? []).map(node)),
        ])
    }

    /// - Parameter isCut: whether there are older ones.
    package func history(_ runs: [RunRecord], isCut: Bool = false) -> String {
        document(["runs": .array(runs.map(node)), "has_more": .bool(isCut)])
    }

    package func show(_ run: RunRecord, _ journal: [JournalRecord]) -> String {
        document(["run": node(run), "journal": .array(journal.map(node))])
    }

    package func forgotten(_ links: [StoredLink]) -> String { document(["forgotten": .array(links.map(node))]) }

    package func render(_ rebuild: Rebuild) -> String {
        let organizations = rebuild.organizations.map { prefix, outcome in
            var (status, message, links) = ("rebuilt", JSON.null, 0)
            var isLoss = false
            switch outcome {
            case .rebuilt(let count, let isHistoryLost): (links, isLoss) = (count, isHistoryLost)
            case .skipped(let reason): (status, message) = ("skipped", .string(reason))
            case .failed(let failure): (status, message) = ("error", .string(failure.description))
            }
            return JSON.object([
                "prefix": .string(prefix), "status": .string(status), "message": message, "links": .number(links),
                "history_lost": .bool(isLoss),
            ])
        }
        return document([
            "state": .object(["path": .string(rebuild.state)]), "damaged_copy": .optional(rebuild.damagedCopy),
            "organizations": .array(organizations),
        ])
    }

    private func document(_ members: JSON.Members) -> String {
        JSON.object(members + ["format_version": .string(JSONRenderer.formatVersion)]).text()
    }

    private func meta(_ contents: StateContents?, _ path: String) -> JSON {
        .object([
            "path": .string(path),
            "exists": .bool(contents != nil),
            "schema_version": contents.map { .number($0.schemaVersion) } ?? .null,
            "lineage": .optional(contents?.lineage),
            "serial": contents.map { .number($0.serial) } ?? .null,
            "service_account": .optional(contents?.serviceAccount),
        ])
    }

    private func summary(_ organization: OrganizationRecord, _ links: [StoredLink]) -> JSON.Members {
        [
            "id": .number(Int(organization.id)),
            "prefix": .string(organization.prefix),
            "name": .string(organization.name),
            "google_calendar_id": .optional(organization.calendar.id?.rawValue),
            "notion_database_id": .optional(organization.source.database?.rawValue),
            "data_source_id": .optional(organization.source.dataSource?.rawValue),
            "former_prefixes": .array(organization.formerPrefixes.sorted().map { .string($0) }),
            "sync_enabled": .bool(organization.isSyncEnabled),
            "access_rules": .array(organization.grants.of(organization.calendar.id, isCreatedByUs: true).map(node)),
            "last_sync_at": .optional(organization.lastSync),
            "on_hold_after_run": number(organization.hold),
            "link_count": .number(links.count),
        ]
    }

    /// A rule that is ours, or is to be.
    private func node(_ grant: AccessGrant) -> JSON {
        .object([
            "scope": .string(grant.scope.text), "role": .optional(grant.made?.rawValue),
            "pending_role": .optional(grant.pending?.rawValue),
        ])
    }

    private func whole(_ organization: OrganizationRecord, _ links: [StoredLink]) -> JSON {
        var members = summary(organization, links)
        members["links"] = .array(links.map(node))
        return .object(members)
    }

    private func node(_ stored: StoredLink) -> JSON {
        var members = self.members(stored.link)
        members["applied_at"] = .string(stored.appliedAt)
        return .object(members)
    }

    private func members(_ link: Link) -> JSON.Members {
        [
            "organization": .string(link.organization),
            "notion_page_id": .string(link.page.rawValue),
            "notion_database_id": .string(link.database.rawValue),
            "notion_last_edited_at": .optional(link.written.lastEdited),
            "google_calendar_id": .string(link.calendar.rawValue),
            "google_event_id": .string(link.event.rawValue),
            "google_etag": .string(link.written.etag.rawValue),
            "content_hash": .string(link.written.hash.rawValue),
        ]
    }

    private func node(_ run: RunRecord) -> JSON {
        .object([
            "id": .number(Int(run.id.rawValue)),
            "kind": .string(run.origin.kind),
            "started_at": .string(run.startedAt),
            "finished_at": .optional(run.finishedAt),
            "outcome": .string(run.outcome ?? "unfinished"),
            "who": .optional(run.origin.who),
            "git_revision": .optional(run.origin.gitRevision),
            "undoes": number(run.undoes),
            "counts": .object([
                "created": .number(run.counts.created), "updated": .number(run.counts.updated),
                "deleted": .number(run.counts.deleted), "failed": .number(run.counts.failed),
                "unknown": .number(run.counts.unknown),
            ]),
        ])
    }

    private func node(_ entry: JournalRecord) -> JSON {
        var members: JSON.Members = [
            "run": .number(Int(entry.run.rawValue)),
            "seq": .number(entry.seq),
            "organization": .string(entry.subject.organization),
            "resource": .string(entry.subject.resource.word),
            "action": .optional(entry.intent.action?.rawValue),
            "reason": .string(entry.intent.reason),
            "notion_page_id": .optional(entry.subject.page?.rawValue),
            "google_calendar_id": .optional(entry.subject.calendar?.rawValue),
            "google_event_id": .optional(entry.subject.event?.rawValue),
            "before": content(entry.before.content),
            "after": content(entry.intent.after),
            "link_before": entry.before.link.map { .object(self.members($0)) } ?? .null,
            "intended_at": .string(entry.intendedAt),
            "result": .optional(entry.end.result?.rawValue),
            "error": .optional(entry.end.error),
            "google_etag_after": .optional(entry.end.etag?.rawValue),
        ]
        if let scope = entry.subject.scope {
            members["scope"] = .string(scope.text)
            members["role_before"] = .optional(entry.before.role?.rawValue)
            members["role_after"] = .optional(entry.intent.role?.rawValue)
        }
        return .object(members)
    }

    private func content(_ event: EventContent?) -> JSON {
        guard let event else { return .null }
        return .object(
            JSON.Members(
                EventField.allCases.filter { $0.kind != .setting || event[$0] != nil }
                    .map { ($0.rawValue, .optional(event.text(of: $0))) }
            )
        )
    }

    private func number(_ run: RunID?) -> JSON { run.map { .number(Int($0.rawValue)) } ?? .null }
}
