using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Core;
using Orleans.Runtime;
using Orleans.Storage;

namespace Dwapi.Actors.Runtime;

/// <summary>Makes the states that grains ask for in their constructors.</summary>
internal static class PersistentStates
{
    public static Func<Activation, object> Factory(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
            throw new ArgumentException($"{parameter.Name} of {parameter.Member.DeclaringType} has [PersistentState] but is no IPersistentState.");
        var attribute = parameter.GetCustomAttribute<PersistentStateAttribute>()!;
        var name = attribute.StateName.Length == 0 ? parameter.Name! : attribute.StateName;
        return typeof(PersistentStates).GetMethod(nameof(FactoryOf), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type.GetGenericArguments())
            .CreateDelegate<Func<string, string?, Func<Activation, object>>>()(name, attribute.StorageName);
    }

    public static IStorage<T> ForGrainOfState<T>(Grain grain) =>
        Create<T>((Activation)grain.GrainContext, grain.GetType().FullName!, null);

    private static Func<Activation, object> FactoryOf<T>(string name, string? storageName) =>
        activation => Create<T>(activation, name, storageName);

    private static PersistentState<T> Create<T>(Activation activation, string name, string? storageName)
    {
        var services = activation.Runtime.Services;
        var storage = string.IsNullOrWhiteSpace(storageName)
            ? services.GetService<IGrainStorage>()
            : services.GetKeyedService<IGrainStorage>(storageName);
        if (storage is null)
            throw new OrleansException($"{activation.GrainId.Type} asks for the grain storage \"{storageName}\", which is not there.");
        var state = new PersistentState<T>(storage, activation.GrainId, name);
        activation.AddStartStep(state.ReadStateAsync);
        return state;
    }
}
