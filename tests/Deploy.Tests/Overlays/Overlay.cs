using System.Globalization;
using System.Text.Json;
using Dwapi.Tests;
using k8s;
using k8s.Models;

namespace Dwapi.Deploy.Tests.Overlays;

/// <summary>What an overlay of deploy/k8s brings into a cluster, as kubectl renders it.</summary>
internal sealed class Overlay
{
    // The kustomize in older ones (4.5.7 at most) knows neither labels without selectors nor what else the files use.
    private const int OldestKubectl = 27;

    private Overlay(string yaml)
    {
        Yaml = yaml;
        Documents = [.. KubernetesYaml.LoadAllFromString(yaml, strict: true).Cast<IKubernetesObject<V1ObjectMeta>>()];
        Pods =
        [
            .. All<V1Deployment>().Select(d => new PodOfOverlay(this, d.Metadata.Name, d.Spec.Template)),
            .. All<V1StatefulSet>().Select(s => new PodOfOverlay(this, s.Metadata.Name, s.Spec.Template)),
            .. All<V1DaemonSet>().Select(d => new PodOfOverlay(this, d.Metadata.Name, d.Spec.Template)),
        ];
    }

    /// <summary>Every overlay there is.</summary>
    public static TheoryData<string> Names =>
        [.. Directory.EnumerateDirectories(Folder).Select(static d => Path.GetFileName(d)).Order(StringComparer.Ordinal)];

    public string Yaml { get; }

    public IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Documents { get; }

    public IReadOnlyList<PodOfOverlay> Pods { get; }

    private static string Folder => Path.Combine(Repository.Root, "deploy", "k8s", "overlays");

    /// <summary>Renders it; an unknown field or kind, a wrong type or a quantity that is none fails.</summary>
    public static async Task<Overlay> Render(string name)
    {
        await SkipWithoutKubectl();
        var (exit, output, errors) = await Tool.Run("kubectl", null, "kustomize", Path.Combine(Folder, name));
        Assert.True(exit == 0, errors);
        Assert.Equal("", errors); // Warnings: of something that a later kubectl will refuse.
        return new Overlay(output);
    }

    public IEnumerable<T> All<T>() => Documents.OfType<T>();

    private static async Task SkipWithoutKubectl()
    {
        var (_, output, _) = await Tool.Run("kubectl", null, "version", "--client", "--output", "json");
        var version = JsonDocument.Parse(output).RootElement.GetProperty("clientVersion");
        var minor = int.Parse(version.GetProperty("minor").GetString()!.TrimEnd('+'), CultureInfo.InvariantCulture);
        Assert.SkipWhen(minor < OldestKubectl, $"kubectl is 1.{minor}; the overlays need 1.{OldestKubectl}.");
    }
}
