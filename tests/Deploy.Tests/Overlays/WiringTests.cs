using System.Globalization;
using k8s.Models;

namespace Dwapi.Deploy.Tests.Overlays;

/// <summary>What the documents say of each other holds: selectors, names, ports.</summary>
public sealed class WiringTests
{
    public static TheoryData<string> Names => Overlay.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Services_FindPodsAndTheirPorts(string name)
    {
        var overlay = await Overlay.Render(name);

        Assert.All(overlay.All<V1Service>(), service =>
        {
            var pods = overlay.Pods.Where(p => p.Matches(service.Spec.Selector)).ToList();
            Assert.NotEmpty(pods);
            Assert.All(service.Spec.Ports, port => Assert.All(pods, pod => Assert.True(pod.Port(port.TargetPort) > 0)));
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Ingress_LeadsToTheDoorsUnderANameThatTheHostKnows(string name)
    {
        var overlay = await Overlay.Render(name);
        var ingress = Assert.Single(overlay.All<V1Ingress>());
        var doors = overlay.Pods.Where(static p => p.Roles.Contains("web")).ToList();

        foreach (var rule in ingress.Spec.Rules)
        {
            Assert.All(doors, pod => Assert.Contains(rule.Host, pod.Environment.Where(static e => e.Key.StartsWith("Gotapi__HostNames__", StringComparison.Ordinal)).Select(static e => e.Value)));
            Assert.Contains(rule.Host, ingress.Spec.Tls.SelectMany(static t => t.Hosts));
            var backend = Assert.Single(rule.Http.Paths).Backend.Service;
            var service = Assert.Single(overlay.All<V1Service>(), s => s.Metadata.Name == backend.Name);
            Assert.Contains(service.Spec.Ports, p => p.Name == backend.Port.Name);
            Assert.Equal(doors, overlay.Pods.Where(p => p.Matches(service.Spec.Selector)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Labels_SayTheRoles(string name)
    {
        var overlay = await Overlay.Render(name);

        Assert.All(overlay.Pods, static pod => Assert.Equal(
            pod.Roles.Order(StringComparer.Ordinal),
            pod.Labels.Keys.Where(static l => l.StartsWith("role.dwapi/", StringComparison.Ordinal)).Select(static l => l["role.dwapi/".Length..]).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task BudgetsAndScalers_AreOfWorkloadsThatAreThere(string name)
    {
        var overlay = await Overlay.Render(name);

        Assert.All(overlay.All<V1PodDisruptionBudget>(), b => Assert.Single(overlay.Pods, p => p.Matches(b.Spec.Selector.MatchLabels)));
        Assert.All(overlay.All<V2HorizontalPodAutoscaler>(), scaler =>
        {
            var target = Assert.Single(overlay.All<V1Deployment>(), d => d.Metadata.Name == scaler.Spec.ScaleTargetRef.Name);
            Assert.Null(target.Spec.Replicas); // Else each upgrade would set it back.
            Assert.True(scaler.Spec.MinReplicas >= 2);
        });
    }

    /// <summary>Several of them need a budget; one alone may have none, or its node could never be drained.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task WorkloadsOfSeveralPods_HaveABudget(string name)
    {
        var overlay = await Overlay.Render(name);

        Assert.All(overlay.All<V1Deployment>(), d => Assert.Single(
            overlay.All<V1PodDisruptionBudget>(), b => overlay.Pods.Single(p => p.Name == d.Metadata.Name).Matches(b.Spec.Selector.MatchLabels)));
        Assert.All(overlay.All<V1StatefulSet>(), s => Assert.Equal(1, s.Spec.Replicas));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Termination_WaitsLongerThanTheDrain(string name)
    {
        var overlay = await Overlay.Render(name);

        Assert.All(overlay.Pods, static pod =>
        {
            var drain = TimeSpan.Parse(pod.Environment["Dwapi__DrainTimeout"], CultureInfo.InvariantCulture);
            Assert.InRange(pod.Spec.TerminationGracePeriodSeconds!.Value, drain.TotalSeconds + 5, drain.TotalSeconds + 60);
        });
    }
}
