package import Logging
import ReconcileModel

extension Logger.MetadataProvider {
    /// Organization and run of the task that logs: `organization`, `run` and `operation`, where there are any.
    package static let workContext = Logger.MetadataProvider {
        let context = WorkContext.current
        var metadata: Logger.Metadata = [:]
        if let organization = context.organization { metadata["organization"] = "\(organization)" }
        if let run = context.run { metadata["run"] = "\(run)" }
        if let operation = context.operation { metadata["operation"] = "\(operation)" }
        return metadata
    }
}

extension LogHandler {
    /// What a line carries: the logger's, over that what the provider says of the task, over that what the line itself says.
    func metadata(of event: LogEvent) -> Logger.Metadata {
        var all = metadata
        if let metadataProvider { all.merge(metadataProvider.get()) { _, new in new } }
        if let error = event.error { all["error"] = "\(error)" }
        if let given = event.metadata { all.merge(given) { _, new in new } }
        return all
    }
}
