/// On whose behalf a task works. Log lines and error reports of the task and its children carry it, so that nobody has to
/// pass it along.
package struct WorkContext: Equatable, Sendable {
    /// The organization's prefix.
    package var organization: String?
    package var run: RunID?
    /// What started the work: a command such as `apply`, or a trigger such as `webhook`.
    package var operation: String?

    package init(organization: String? = nil, run: RunID? = nil, operation: String? = nil) {
        (self.organization, self.run, self.operation) = (organization, run, operation)
    }

    /// That of the current task.
    @TaskLocal package static var current = WorkContext()

    /// Runs `body` with the current context changed.
    ///
    /// - Throws: what `body` throws.
    package static func with<Value, Problem: Error>(
        _ change: (inout WorkContext) -> Void,
        _ body: () async throws(Problem) -> Value
    ) async throws(Problem) -> Value {
        var context = current
        change(&context)
        // The task-local's own function forgets which errors there are.
        let result: Result<Value, Problem> = await $current.withValue(context) {
            do throws(Problem) { return .success(try await body()) } catch { return .failure(error) }
        }
        return try result.get()
    }
}
