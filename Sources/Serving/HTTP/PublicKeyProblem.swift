import ReconcileModel
import Reconciling

extension LiveReconciler {
    /// `keyProblem` in words that everybody may read.
    var publicKeyProblem: String? {
        guard let keyProblem else { return nil }
        return keyProblem.refusal == .noKey
            ? "This service has no Google key: it serves events and synchronizes nothing."
            : "The Google key of this service cannot be used: it serves events and synchronizes nothing."
    }
}
