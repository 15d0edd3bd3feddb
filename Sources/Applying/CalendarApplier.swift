import CalendarAPI
import LinkStorage
import Logging
import ReconcileModel

/// Creates an organization's calendar, or changes its settings.
struct CalendarApplier: Sendable {
    let calendars: CalendarClient
    let store: any StateSession
    let run: RunID
    let organization: Organization
    let clock: any Clock<Duration>
    let logger: Logger

    /// How often, and after what waits, the list is searched for a calendar whose creation was not answered.
    private static let waits: [Duration] = [.zero, .seconds(1), .seconds(2), .seconds(4), .seconds(8)]

    /// What became of a change, and which calendar is the organization's now.
    struct Result: Sendable {
        var outcome: Outcome
        var calendar: CalendarID?
        /// Why no event may be written into it.
        var failure: Failure?
    }

    func apply(_ change: CalendarChange, target: Target) async throws(StateError) -> Result {
        let intent = JournalIntent(
            change: .calendar(change),
            organization: organization.prefix,
            calendar: target.calendar,
            isAllowedByName: false
        )
        // Before the intent of this run, which is none of an earlier one.
        let wasLeftOpen = try await store.hasOpenCalendarCreation(of: organization.prefix)
        let numbers = try await store.record([intent], in: run)
        let end = await carryOut(change, target.dataSource, wasLeftOpen: wasLeftOpen)
        if let calendar = end.calendar, calendar != target.leaves {
            try await store.remember(organization, target, calendar: calendar)
        }
        let results = numbers.map { number in
            var result = JournalResult(seq: number, outcome: end.outcome)
            result.isUnclear = end.isUnclear
            result.goneCalendar = end.gone
            return result
        }
        try await store.record(results, in: run, organization: organization.prefix)
        return Result(outcome: end.outcome, calendar: end.calendar ?? target.calendar, failure: end.failure)
    }

    private struct End {
        var outcome: Outcome
        var calendar: CalendarID?
        /// It is there no more.
        var gone: CalendarID?
        /// It failed, and may have been carried out nevertheless.
        var isUnclear = false
        /// It is there, and yet no event may be written into it.
        var failure: Failure?
    }

    /// The mark by which a calendar is known again: also the one that setup wrote, which asks nobody whose id is declared.
    private struct Sought {
        var mark: CalendarMark
        var dataSource: DataSourceID?

        func isMark(of description: String?) -> Bool {
            guard let found = CalendarMark(in: description ?? "") else { return false }
            return found.prefix == mark.prefix && found.database.means(mark.database, dataSource)
        }
    }

    private func carryOut(_ change: CalendarChange, _ dataSource: DataSourceID?, wasLeftOpen: Bool) async -> End {
        switch change {
        case .create(let creation):
            await create(creation, Sought(mark: creation.mark, dataSource: dataSource), wasLeftOpen: wasLeftOpen)
        case .update(let update): await self.update(update)
        case .delete(let calendar): await delete(calendar.id)
        }
    }

    /// It was seen a moment ago: what is not there now was deleted by a try of ours, or by somebody else.
    private func delete(_ id: CalendarID) async -> End {
        do throws(CalendarError) {
            try await calendars.deleteCalendar(id)
            return End(outcome: .applied, gone: id)
        } catch {
            switch error {
            case .notFound, .gone: return End(outcome: .done, gone: id)
            case _ where error.isUnknownOutcome: return await lookAfterDelete(of: id, error)
            default: return End(outcome: .failed(error.failure(on: id, account: calendars.account)))
            }
        }
    }

    private func lookAfterDelete(of id: CalendarID, _ error: CalendarError) async -> End {
        let failed = Outcome.failed(error.failure(on: id, account: calendars.account))
        do throws(CalendarError) {
            _ = try await calendars.calendar(id)
            return End(outcome: failed)
        } catch {
            switch error {
            case .notFound, .gone: return End(outcome: .applied, gone: id)
            default: return End(outcome: failed, isUnclear: true)
            }
        }
    }

    /// - Parameter wasLeftOpen: whether a run that ended a moment ago may have created it: the list may not have it yet.
    private func create(_ creation: CalendarCreation, _ sought: Sought, wasLeftOpen: Bool) async -> End {
        if wasLeftOpen, let end = await find(sought, as: .done) { return end }
        var retry = calendars.creationRetry()
        while true {
            switch await insert(creation, sought, &retry) {
            case .ended(let end): return end
            case .again(let pause):
                if pause > .zero, (try? await clock.sleep(for: pause)) == nil {
                    return End(outcome: .skipped(Outcome.stopped))
                }
                // What answered need not have been Google, and one look costs less than a second calendar.
                if let end = await look(for: sought) { return end }
            }
        }
    }

    private enum Attempt {
        case ended(End)
        /// It was refused, and may be tried again after a while.
        case again(Duration)
    }

    private func insert(
        _ creation: CalendarCreation,
        _ sought: Sought,
        _ retry: inout CreationRetry
    ) async -> Attempt {
        do throws(CalendarError) {
            let calendar = try await calendars.insertCalendar(
                summary: creation.summary,
                description: creation.description,
                timeZone: creation.timeZone
            )
            let second = await secondCalendar(beside: calendar.id, sought)
            return .ended(End(outcome: .applied, calendar: calendar.id, failure: second))
        } catch {
            if let pause = retry.pause(after: error) { return .again(pause) }
            guard error.isUnknownOutcome else { return .ended(End(outcome: .failed(failure(error)))) }
            logger.notice("no answer to the creation of a calendar: looking for it by its mark")
            if let end = await find(sought, as: .applied) { return .ended(end) }
            var failure = failure(error)
            failure.hint = "Run again: should the calendar have been created after all, it is found by its mark."
            return .ended(End(outcome: .failed(failure), isUnclear: true))
        }
    }

    /// One look into the list before a refused creation is tried again; nil: it is not there.
    private func look(for sought: Sought) async -> End? {
        do throws(CalendarError) { return end(of: try await marked(sought), .applied) } catch {
            return End(outcome: .failed(failure(error)))
        }
    }

    private func end(of found: [CalendarID], _ outcome: Outcome) -> End? {
        guard let first = found.first else { return nil }
        return found.count == 1 ? End(outcome: outcome, calendar: first) : End(outcome: .failed(several(Set(found))))
    }

    /// A creation cannot be repeated without risking a second calendar, and a new one may be missing from the list for seconds.
    ///
    /// - Parameter outcome: of the change where it is there: whose deed it is.
    private func find(_ sought: Sought, as outcome: Outcome) async -> End? {
        for wait in Self.waits {
            if wait > .zero {
                do { try await clock.sleep(for: wait) } catch { return nil }
            }
            if let found = try? await marked(sought), let end = end(of: found, outcome) { return end }
        }
        return nil
    }

    /// Another run, which knows nothing of this state, may have made one at the same moment: whose is subscribed to is not for
    /// programs to say, and two with all events each would never be noticed.
    private func secondCalendar(beside created: CalendarID, _ sought: Sought) async -> Failure? {
        do throws(CalendarError) {
            let others = try await marked(sought).filter { $0 != created }
            // The one that was there first is more likely to be the one that people know.
            return others.isEmpty ? nil : several(Set(others + [created]), keeping: others.first)
        } catch {
            return failure(error)
        }
    }

    /// Calendars of this account that carry the mark.
    private func marked(_ sought: Sought) async throws(CalendarError) -> [CalendarID] {
        let account = calendars.account
        return try await calendars.calendarList()
            .filter { $0.isOwn(of: account) && sought.isMark(of: $0.description) }.map(\.id)
    }

    private func several(_ calendars: Set<CalendarID>, keeping kept: CalendarID? = nil) -> Failure {
        .severalCalendars(of: organization, calendars, keeping: kept)
    }

    private func update(_ update: CalendarUpdate) async -> End {
        let id = update.calendar.id
        do throws(CalendarError) {
            let answer = try await calendars.patchCalendar(
                update.calendar.id,
                summary: update.summary,
                description: update.description,
                timeZone: update.timeZone,
                ifMatch: update.calendar.etag
            )
            // A new version with another text is how Google writes it down; the old one with it says that nothing was done.
            if update.isDone(in: answer) || answer.etag != update.calendar.etag {
                return End(outcome: .applied, calendar: id)
            }
            let unconfirmed = CalendarError.unconfirmed(reason: "its answer does not have what was sent")
            let outcome = await resolve(update, as: .applied, otherwise: .failed(failure(unconfirmed)))
            return End(outcome: outcome, calendar: id)
        } catch {
            // It cannot be seen any more, and its events even less: that is said once.
            if case .notFound = error {
                let failure = error.failure(on: id, account: calendars.account)
                let outcome = Outcome.skipped("Google does not show the calendar any more")
                return End(outcome: outcome, calendar: id, failure: failure)
            }
            return End(outcome: await outcome(of: update, after: error), calendar: id)
        }
    }

    private func outcome(of update: CalendarUpdate, after error: CalendarError) async -> Outcome {
        if case .preconditionFailed = error {
            let stale = Outcome.stale("somebody changed the calendar in the meantime")
            return await resolve(update, as: .done, otherwise: stale)
        }
        guard error.isUnknownOutcome else { return .failed(failure(error)) }
        return await resolve(update, as: .applied, otherwise: .failed(failure(error)))
    }

    /// After an answer that left it unclear: what stands there now decides.
    private func resolve(_ update: CalendarUpdate, as done: Outcome, otherwise: Outcome) async -> Outcome {
        guard let now = try? await calendars.calendar(update.calendar.id) else { return otherwise }
        return update.isDone(in: now) ? done : otherwise
    }

    private func failure(_ error: CalendarError) -> Failure { error.failure(on: nil, account: calendars.account) }
}

extension CalendarUpdate {
    fileprivate func isDone(in calendar: GoogleCalendar) -> Bool {
        (summary.map { FieldValue.isSameText($0, calendar.summary) } ?? true)
            && (description.map { FieldValue.isSameText($0, calendar.description) } ?? true)
            && (timeZone.map { $0 == calendar.timeZone } ?? true)
    }
}
