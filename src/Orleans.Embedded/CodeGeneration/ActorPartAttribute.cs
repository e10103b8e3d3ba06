namespace Dwapi.Actors.CodeGeneration;

/// <summary>Names a referenced assembly that has grains or proxies, even if nothing of it is used by name. Written by the code generator.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class ActorPartAttribute : Attribute
{
    /// <summary>Sets the simple name of the assembly.</summary>
    public ActorPartAttribute(string assemblyName) => AssemblyName = assemblyName;

    /// <summary>The simple name of the assembly.</summary>
    public string AssemblyName { get; }
}
