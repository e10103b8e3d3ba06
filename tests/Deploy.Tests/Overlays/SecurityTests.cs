using k8s.Models;

namespace Dwapi.Deploy.Tests.Overlays;

/// <summary>The rules of the restricted Pod Security Standard and a little more, for every pod; secrets by reference only.</summary>
public sealed class SecurityTests
{
    public static TheoryData<string> Names => Overlay.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Pods_AreRestricted(string name)
    {
        var overlay = await Overlay.Render(name);

        Assert.NotEmpty(overlay.Pods);
        Assert.All(overlay.Pods, static pod =>
        {
            Assert.False(pod.Spec.AutomountServiceAccountToken);
            Assert.NotEqual(true, pod.Spec.HostNetwork);
            Assert.NotEqual(true, pod.Spec.HostPID);
            Assert.NotEqual(true, pod.Spec.HostIPC);
            Assert.All(pod.Spec.Volumes, static v => Assert.True(v.EmptyDir is not null || v.Secret is not null || v.ConfigMap is not null));
            var whole = pod.Spec.SecurityContext;
            Assert.True(whole.RunAsNonRoot);
            Assert.True(whole.RunAsUser > 0);
            Assert.Equal("RuntimeDefault", whole.SeccompProfile.Type);
            Assert.Null(pod.Spec.InitContainers);
            var container = pod.Container.SecurityContext;
            Assert.Null(container.RunAsUser);
            Assert.NotEqual(true, container.Privileged);
            Assert.False(container.AllowPrivilegeEscalation);
            Assert.True(container.ReadOnlyRootFilesystem);
            Assert.Equal(["ALL"], container.Capabilities.Drop);
            Assert.Null(container.Capabilities.Add);
        });
        Assert.All(overlay.All<V1Namespace>(), static n => Assert.Equal("restricted", n.Metadata.Labels["pod-security.kubernetes.io/enforce"]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Pods_AskForResourcesAndHaveALimitOfMemory(string name)
    {
        var overlay = await Overlay.Render(name);

        Assert.All(overlay.Pods, static pod =>
        {
            Assert.Contains("cpu", pod.Container.Resources.Requests.Keys);
            Assert.Contains("memory", pod.Container.Resources.Requests.Keys);
            Assert.Contains("memory", pod.Container.Resources.Limits.Keys);
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Secrets_AreReferencedAndNeverWritten(string name)
    {
        var overlay = await Overlay.Render(name);

        Assert.Empty(overlay.All<V1Secret>());
        Assert.Contains(overlay.Pods.SelectMany(static p => p.Spec.Volumes), static v => v.Secret is not null);
        Assert.All(
            overlay.Pods.SelectMany(static p => p.Container.Env).Where(static e => e.Name.StartsWith("ConnectionStrings__", StringComparison.Ordinal)),
            static e => Assert.NotNull(e.ValueFrom.SecretKeyRef));
        Assert.All(
            overlay.All<V1ConfigMap>().SelectMany(static m => m.Data.Keys),
            static key => Assert.DoesNotMatch("(?i)password|connectionstring|secret|token", key));
        Assert.All(overlay.All<V1Ingress>().SelectMany(static i => i.Spec.Tls), static tls => Assert.NotEmpty(tls.SecretName));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Network_IsClosedButForWhatIsNeeded(string name)
    {
        var overlay = await Overlay.Render(name);
        var policies = overlay.All<V1NetworkPolicy>().ToList();

        var closed = Assert.Single(policies, static p => p.Spec.Ingress is null && p.Spec.Egress is null);
        Assert.Null(closed.Spec.PodSelector.MatchLabels);
        Assert.Equal(["Ingress", "Egress"], closed.Spec.PolicyTypes);

        // Who may come is always said; a port, too, and the pods have it.
        foreach (var policy in policies)
        {
            foreach (var rule in policy.Spec.Ingress ?? [])
            {
                Assert.NotEmpty(rule.FromProperty);
                var pods = overlay.Pods.Where(p => p.Matches(policy.Spec.PodSelector.MatchLabels)).ToList();
                Assert.NotEmpty(pods);
                Assert.All(rule.Ports, port => Assert.All(pods, pod => Assert.True(pod.Port(port.Port) > 0)));
            }

            Assert.All(policy.Spec.Egress ?? [], static rule => Assert.NotEmpty(rule.Ports));
        }

        // Inside, an open way has both ends: who may leave towards a pod may come in there.
        foreach (var (policy, rule) in policies.SelectMany(p => (p.Spec.Egress ?? []).Select(rule => (p, rule))))
        {
            foreach (var to in (rule.To ?? []).Where(static t => t.PodSelector is not null))
            {
                Assert.Contains(policies, p => p.Spec.PodSelector.MatchLabels is { } labels && Same(labels, to.PodSelector.MatchLabels)
                    && (p.Spec.Ingress ?? []).Any(i => i.Ports.Any(port => port.Port.Value == rule.Ports[0].Port.Value)
                        && i.FromProperty.Any(f => f.PodSelector is { } from && Same(from.MatchLabels, policy.Spec.PodSelector.MatchLabels))));
            }
        }
    }

    private static bool Same(IDictionary<string, string> one, IDictionary<string, string> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var value) && value == pair.Value);
}
