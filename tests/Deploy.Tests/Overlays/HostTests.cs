using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Dwapi.Grains.Settings;
using Dwapi.Silo.Hosting;
using k8s.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Dwapi.Deploy.Tests.Overlays;

/// <summary>What the documents say of the host is true: settings, ports, probes, metrics.</summary>
public sealed class HostTests
{
    private const string Urls = "ASPNETCORE_URLS";

    public static TheoryData<string> Names => Overlay.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Environment_IsOfSettingsThatTheHostKnows(string name)
    {
        var overlay = await Overlay.Render(name);
        var sections = OptionsBySection();

        Assert.All(overlay.Pods, pod => Assert.All(pod.Environment, variable => AssertKnown(sections, variable.Key, variable.Value)));
    }

    [Fact]
    public void Environment_OfNoSetting_IsFound()
    {
        var sections = OptionsBySection();

        Assert.ThrowsAny<Exception>(() => AssertKnown(sections, "Gotapi__HostName__0", "x"));
        Assert.ThrowsAny<Exception>(() => AssertKnown(sections, "Dwapi__Roles", "nobody"));
        Assert.ThrowsAny<Exception>(() => AssertKnown(sections, "Dwapy__Roles", "web"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Ports_AreThoseOnWhichTheHostListens(string name)
    {
        var overlay = await Overlay.Render(name);

        Assert.All(overlay.Pods, static pod =>
        {
            Assert.Equal(BindingAddress.Parse(pod.Environment[Urls]).Port, pod.Port("http"));
            if (pod.Container.Ports.Count > 1)
            {
                var cluster = new ClusterSettings();
                Assert.Equal(cluster.SiloPort, pod.Port("silo"));
                Assert.Equal(cluster.GatewayPort, pod.Port("gateway"));
            }
        });
    }

    /// <summary>The host itself, with the environment of the pod, on an address and in a directory of this test.</summary>
    [Fact]
    public async Task SingleNode_StartsAndAnswersItsProbes_AndShowsTheMetricsOfEveryAutoscaler()
    {
        var pod = Assert.Single((await Overlay.Render("single-node")).Pods);
        var cluster = await Overlay.Render("cluster");
        var directory = Directory.CreateTempSubdirectory("dwapi-deploy-");
        var token = Path.Combine(directory.FullName, "secret");
        await File.WriteAllTextAsync(token, new string('t', 43), TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(token, UnixFileMode.UserRead | UnixFileMode.GroupRead); // As the volume of the secret has it.
        }

        try
        {
            await using var host = SiloHost.Build(
            [
                .. pod.Environment.Where(static e => e.Key != Urls).Select(static e => $"--{e.Key.Replace("__", ":", StringComparison.Ordinal)}={e.Value}"),
                "--urls", "http://127.0.0.1:0", $"--Dwapi:DataDirectory={Path.Combine(directory.FullName, "data")}",
                $"--Dwapi:AdminTokenPath={token}", "--Dwapi:DrainDelay=00:00:00", "--Logging:LogLevel:Default=Warning",
            ]);
            await host.StartAsync(TestContext.Current.CancellationToken);
            using var http = new HttpClient { BaseAddress = new Uri(host.Urls.First()) };
            http.DefaultRequestHeaders.Host = "10.1.2.3:4035"; // The kubelet asks by the pod's address.

            foreach (var probe in cluster.Pods.Append(pod).SelectMany(static p => new[] { p.Container.StartupProbe, p.Container.ReadinessProbe, p.Container.LivenessProbe }))
            {
                Assert.Equal("http", probe.HttpGet.Port.Value);
                await AssertAnswers(http, probe.HttpGet.Path);
            }

            var metrics = await http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
            var scaledBy = cluster.All<V2HorizontalPodAutoscaler>().SelectMany(static s => s.Spec.Metrics).Where(static m => m.Pods is not null).ToList();
            Assert.NotEmpty(scaledBy);
            Assert.All(scaledBy, m => Assert.Contains($"\n{m.Pods.Metric.Name} 0\n", metrics, StringComparison.Ordinal));
            await host.StopAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>Restarting a process does not mend what it waits for: only readiness may look at more than the process.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task Probes_OnlyReadinessLooksBeyondTheProcess(string name)
    {
        var overlay = await Overlay.Render(name);

        Assert.All(overlay.Pods, static pod =>
        {
            Assert.Equal("/livez", pod.Container.LivenessProbe.HttpGet.Path);
            Assert.Equal("/readyz", pod.Container.ReadinessProbe.HttpGet.Path);
            Assert.Equal("/readyz", pod.Container.StartupProbe.HttpGet.Path);
        });
    }

    // As the kubelet does: a node whose silo does not answer within a second, so soon after its start, is asked again.
    private static async Task AssertAnswers(HttpClient http, string path)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            using var answer = await http.GetAsync(path, TestContext.Current.CancellationToken);
            if (answer.IsSuccessStatusCode)
            {
                return;
            }

            Assert.False(patience.IsCancellationRequested, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private static List<(string Section, Type Options)> OptionsBySection() =>
    [
        .. new[] { typeof(DwapiOptions).Assembly, typeof(SiloHost).Assembly }
            .SelectMany(static a => a.GetTypes())
            .Select(static t => (Section: t.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string, t))
            .Where(static x => x.Section is not null)
            .Select(static x => (x.Section!, x.t))
            .OrderByDescending(static x => x.Item1.Length),
    ];

    private static void AssertKnown(List<(string Section, Type Options)> sections, string variable, string value)
    {
        var key = variable.Replace("__", ":", StringComparison.Ordinal);
        if (variable == Urls || key == $"ConnectionStrings:{ClusterSettings.ConnectionString}")
        {
            return;
        }

        var (section, type) = sections.FirstOrDefault(s => key.StartsWith(s.Section + ":", StringComparison.Ordinal));
        Assert.True(type is not null, $"{variable} is under no section of settings.");
        var options = new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build()
            .GetSection(section).Get(type, static binder => binder.ErrorOnUnknownConfiguration = true)!;
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
    }
}
