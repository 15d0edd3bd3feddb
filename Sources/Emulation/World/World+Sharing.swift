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

    /// Lets everybody see a calendar, as its owner does in the user interface.
    package mutating func publish(_ calendar: String, as role: AccessRole = .reader, now: Int = World.epoch) {
        let rule = AccessRule(role: role, scopeType: "default", scopeValue: nil, changed: google.stamp(now))
        google.calendars[calendar]?.rules[rule.id] = rule
        serial += 1
    }
}
