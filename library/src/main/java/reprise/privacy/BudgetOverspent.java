package reprise.privacy;

/**
 * A release was asked for that the budget no longer covers. Nothing has been released and nothing has been charged.
 */
public final class BudgetOverspent extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    BudgetOverspent(String message) {
        super(message);
    }
}
