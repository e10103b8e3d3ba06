using k8s.Models;

namespace Dwapi.Deploy.Tests.Overlays;

/// <summary>The pods of a workload.</summary>
internal sealed class PodOfOverlay(Overlay overlay, string name, V1PodTemplateSpec template)
{
    public string Name => name;

    public V1PodSpec Spec => template.Spec;

    public IDictionary<string, string> Labels => template.Metadata.Labels;

    public V1Container Container => Assert.Single(Spec.Containers);

    /// <summary>The environment; what comes from elsewhere at run time has a stand-in.</summary>
    public IReadOnlyDictionary<string, string> Environment
    {
        get
        {
            var all = new Dictionary<string, string>();
            foreach (var source in Container.EnvFrom ?? [])
            {
                var map = overlay.All<V1ConfigMap>().Single(m => m.Metadata.Name == source.ConfigMapRef.Name);
                foreach (var (key, value) in map.Data)
                {
                    all[key] = value;
                }
            }

            foreach (var variable in Container.Env ?? [])
            {
                all[variable.Name] = variable.Value ?? (variable.ValueFrom.FieldRef is null ? "secret" : "10.0.0.7");
            }

            return all;
        }
    }

    /// <summary>Its roles, as the host reads them.</summary>
    public IReadOnlyList<string> Roles => Environment["Dwapi__Roles"].Split(',');

    public bool Matches(IDictionary<string, string>? labels) => labels?.All(l => Labels.TryGetValue(l.Key, out var value) && value == l.Value) ?? true;

    /// <summary>The number of a port that a document names.</summary>
    public int Port(IntOrString port) => int.TryParse(port.Value, out var number)
        ? number
        : Container.Ports.SingleOrDefault(p => p.Name == port.Value)?.ContainerPort
            ?? throw new InvalidOperationException($"{Name} has no port named {port.Value}.");
}
