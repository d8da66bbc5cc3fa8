"""Training steps of a network 2-64-64-1 in eager PyTorch; one call makes as many steps as ours."""
STEPS = 200


def prepare(job, peer):
    import torch

    torch.manual_seed(1)
    net = torch.nn.Sequential(torch.nn.Linear(2, 64), torch.nn.Tanh(), torch.nn.Linear(64, 64), torch.nn.Tanh(),
                              torch.nn.Linear(64, 1))
    adam = torch.optim.Adam(net.parameters(), 1e-3)
    if job == "tensor-mlp":
        x, y = torch.randn(128, 2), torch.randn(128, 1)

        def loss():
            return ((net(x) - y) ** 2).mean()
    else:
        points = torch.rand(1024, 2)

        def loss():
            leaf = points.clone().requires_grad_(True)
            first = torch.autograd.grad(net(leaf).sum(), leaf, create_graph=True)[0][:, 0]
            second = torch.autograd.grad(first.sum(), leaf, create_graph=True)[0][:, 0]
            return ((second + 1) ** 2).mean()

    def run():
        for _ in range(STEPS):
            adam.zero_grad()
            loss().backward()
            adam.step()
        return 0

    return run
