import Emulation

/// What is wrong with one run: with what it did, with what it said of that, and with what it said of the whole.
struct Verdict {
    private(set) var problems: [String] = []
    /// By the numbers of organizations.
    private(set) var scenes: [Int: RunScene] = [:]

    /// - Parameter views: what the run could see, by the numbers of organizations.
    init(
        _ report: RunReport,
        _ organizations: [ModelOrganization],
        _ views: [Int: ModelView],
        _ before: World,
        _ after: World
    ) {
        for organization in organizations {
            guard let view = views[organization.number], let own = report.organizations[organization.prefix] else {
                problems.append("nothing is said of \(organization.prefix)")
                continue
            }
            let scene = RunScene(organization, view, before, after)
            scenes[organization.number] = scene
            let found = WriteJudge(scene).problems + ClaimJudge(scene, own).problems + OrderJudge(scene, own).problems
            problems += found.map { "\(organization.prefix): \($0)" }
        }
        let isDone = report.organizations.values.allSatisfy(\.isDone)
        if isDone != (report.code == 0) { problems.append("it ended with \(report.code)") }
    }
}
