package reprise.transport;

import java.util.Arrays;
import reprise.parallel.Interrupted;

/**
 * The simplex method on a tree that spans sources, targets and a root. A source's arc leads to its parent, a target's
 * comes from its parent; the flow on it is kept at the node. Arcs between the root and a node are dearer than any other
 * and carry nothing in the end.
 *
 * <p>Which arc enters: the best of the next row that has one. Which one leaves: of those that block, the last on the
 * way along the new cycle from its top; so no sequence of trees comes back.
 */
final class NetworkSimplex {
    private static final int NONE = -1;

    /** Reduced costs are rounded in their last bits. */
    private static final double ROUNDING = 1e-13;

    private static final int LOOK_EVERY = 1024;

    private final double[] costs;
    private final int n;
    private final int m;
    private final int root;
    private final double dear;
    private final double negligible;

    private final int[] parent;
    private final int[] child;
    private final int[] next;
    private final int[] previous;
    private final int[] depth;
    private final double[] flow;
    private final double[] potential;

    NetworkSimplex(ExactTransport.Costs table, double[] a, double[] b, double least, double most) {
        costs = table.values();
        n = table.rows();
        m = table.columns();
        root = n + m;
        double size = most - least;
        // Two such arcs cost more than the one that could replace them.
        dear = Math.max(Math.abs(most), size) + 1e-300;
        negligible = ROUNDING * Math.max(Math.abs(least), Math.abs(most));
        parent = new int[root + 1];
        child = new int[root + 1];
        next = new int[root + 1];
        previous = new int[root + 1];
        depth = new int[root + 1];
        flow = new double[root + 1];
        potential = new double[root + 1];
        Arrays.fill(child, NONE);
        parent[root] = NONE;
        next[root] = NONE;
        previous[root] = NONE;
        for (int node = 0; node < root; node++) {
            hang(node, root);
            flow[node] = node < n ? a[node] : b[node - n];
        }
        settle();
    }

    SparsePlan solve() {
        long pivots = 0;
        // Shifts add up their roundings; once more with fresh potentials shows whether something is left.
        for (boolean again = true; again; settle()) {
            again = false;
            for (int i = 0, idle = 0; idle < n; i = i + 1 == n ? 0 : i + 1) {
                int j = best(i);
                if (j == NONE) {
                    idle++;
                    continue;
                }
                idle = 0;
                again = true;
                pivot(i, n + j);
                if (++pivots % LOOK_EVERY == 0) {
                    Interrupted.check();
                }
            }
        }
        return plan();
    }

    /** The target that source i would rather send to, or none. */
    private int best(int i) {
        double[] c = costs;
        double[] p = potential;
        int from = i * m;
        double best = -negligible - potential[i];
        int found = NONE;
        for (int j = 0; j < m; j++) {
            double reduced = c[from + j] - p[n + j];
            if (reduced < best) {
                best = reduced;
                found = j;
            }
        }
        return found;
    }

    private void pivot(int source, int target) {
        int top = meeting(source, target);
        double most = Double.POSITIVE_INFINITY;
        int leaving = NONE;
        boolean onSourceSide = true;
        for (int node = source; node != top; node = parent[node]) {
            if (node < n && flow[node] < most) {
                most = flow[node];
                leaving = node;
            }
        }
        for (int node = target; node != top; node = parent[node]) {
            if (node >= n && flow[node] <= most) {
                most = flow[node];
                leaving = node;
                onSourceSide = false;
            }
        }
        if (most > 0) {
            for (int node = source; node != top; node = parent[node]) {
                flow[node] += node < n ? -most : most;
            }
            for (int node = target; node != top; node = parent[node]) {
                flow[node] += node < n ? most : -most;
            }
        }
        double reduced = costs[source * m + target - n] + potential[source] - potential[target];
        if (onSourceSide) {
            rehang(source, target, leaving, most);
            shift(source, -reduced);
        } else {
            rehang(target, source, leaving, most);
            shift(target, reduced);
        }
    }

    private int meeting(int one, int other) {
        int u = one;
        int v = other;
        while (u != v) {
            if (depth[u] >= depth[v]) {
                u = parent[u];
            } else {
                v = parent[v];
            }
        }
        return u;
    }

    /** Cuts the subtree below {@code cut} off, turns it so that {@code node} is on top, and hangs it elsewhere. */
    private void rehang(int node, int under, int cut, double amount) {
        int above = under;
        double carried = amount;
        for (int stem = node; ; ) {
            int old = parent[stem];
            double before = flow[stem];
            unhang(stem);
            hang(stem, above);
            flow[stem] = carried;
            if (stem == cut) {
                return;
            }
            carried = before;
            above = stem;
            stem = old;
        }
    }

    private void hang(int node, int under) {
        parent[node] = under;
        previous[node] = NONE;
        next[node] = child[under];
        if (child[under] != NONE) {
            previous[child[under]] = node;
        }
        child[under] = node;
    }

    private void unhang(int node) {
        if (previous[node] == NONE) {
            child[parent[node]] = next[node];
        } else {
            next[previous[node]] = next[node];
        }
        if (next[node] != NONE) {
            previous[next[node]] = previous[node];
        }
    }

    /** Adds to the potentials of a subtree, and sets its depths. */
    private void shift(int top, double by) {
        int node = top;
        while (true) {
            potential[node] += by;
            depth[node] = depth[parent[node]] + 1;
            node = following(node, top);
            if (node == NONE) {
                return;
            }
        }
    }

    /** The next node of a subtree from parents to children. */
    private int following(int node, int top) {
        if (child[node] != NONE) {
            return child[node];
        }
        int at = node;
        while (at != top && next[at] == NONE) {
            at = parent[at];
        }
        return at == top ? NONE : next[at];
    }

    /** Computes potentials and depths from the tree alone. */
    private void settle() {
        potential[root] = 0;
        depth[root] = 0;
        for (int node = child[root]; node != NONE; node = following(node, root)) {
            int up = parent[node];
            int source = node < n ? node : up;
            int target = node < n ? up : node;
            double cost = up == root ? dear : costs[source * m + target - n];
            potential[node] = potential[up] + (node < n ? -cost : cost);
            depth[node] = depth[up] + 1;
        }
    }

    private SparsePlan plan() {
        int entries = 0;
        for (int node = 0; node < root; node++) {
            if (parent[node] != root && flow[node] > 0) {
                entries++;
            }
        }
        var sources = new int[entries];
        var targets = new int[entries];
        var masses = new double[entries];
        double cost = 0;
        for (int node = 0, k = 0; node < root; node++) {
            if (parent[node] != root && flow[node] > 0) {
                sources[k] = node < n ? node : parent[node];
                targets[k] = (node < n ? parent[node] : node) - n;
                masses[k] = flow[node];
                cost += masses[k] * costs[sources[k] * m + targets[k]];
                k++;
            }
        }
        var f = new double[n];
        Arrays.setAll(f, i -> -potential[i]);
        return new SparsePlan(sources, targets, masses, cost, f, Arrays.copyOfRange(potential, n, root));
    }
}
