/// Who can see an organization's calendar once a plan is carried out.
package struct Audience: Hashable, Codable, Sendable {
    /// All rules but our own account's, everybody's first.
    package var rules: [AccessRule]
    /// The e-mail of our own account.
    package var account: String

    package init(rules: [AccessRule], account: String) {
        self.rules = rules.sorted { $0.scope < $1.scope }
        self.account = account
    }
}
