using System.Reflection;
using Dwapi.Actors.CodeGeneration;

namespace Dwapi.Actors.Runtime;

/// <summary>Finds the assemblies with grains: those that are loaded, and those that they name as their parts.</summary>
internal static class ActorParts
{
    public static IReadOnlyCollection<Type> Find()
    {
        var manifests = new HashSet<Type>();
        var seen = new HashSet<string>();
        var open = new Stack<Assembly>(AppDomain.CurrentDomain.GetAssemblies().Where(a => !a.IsDynamic));
        if (Assembly.GetEntryAssembly() is { } entry)
            open.Push(entry);
        while (open.TryPop(out var assembly))
        {
            if (!seen.Add(assembly.FullName!))
                continue;
            if (assembly.GetCustomAttribute<ActorManifestAttribute>() is { } manifest)
                manifests.Add(manifest.Manifest);
            foreach (var part in assembly.GetCustomAttributes<ActorPartAttribute>())
                open.Push(Assembly.Load(part.AssemblyName));
        }
        return manifests;
    }
}
