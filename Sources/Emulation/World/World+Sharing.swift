extension World {
    /// Shares a calendar with an account, as its owner does in the user interface.
    package mutating func share(
        _ calendar: String,
        with email: String,
        as role: AccessRole,
        now: Int = World.epoch
    ) {
        let rule = AccessRule(role: role, scopeType: "user", scopeValue: email, changed: google.stamp(now))
        google.calendars[calendar]?.rules[rule.id] = rule
        serial += 1
    }
}
